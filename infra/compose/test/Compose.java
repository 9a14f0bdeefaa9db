import module java.base;

/// The stack of the compose files in COMPOSE_FILE, as a project of its own.
record Compose(String project) {

  /// @param scale as in `gateway-service=4`; what is not named stays as it is
  void up(String... scale) {
    compose(
        Stream.concat(
                Stream.of("up", "--wait", "--no-recreate"),
                Stream.of(scale).flatMap(of -> Stream.of("--scale", of)))
            .toArray(String[]::new));
  }

  String compose(String... arguments) {
    return run(
        Stream.concat(Stream.of("docker", "compose", "-p", project), Stream.of(arguments))
            .toList());
  }

  String docker(String... arguments) {
    return run(Stream.concat(Stream.of("docker"), Stream.of(arguments)).toList());
  }

  /// Ids of running containers, or of all with `-a`.
  List<String> containers(String... service) {
    return compose(Stream.concat(Stream.of("ps", "-q"), Stream.of(service)).toArray(String[]::new))
        .lines()
        .toList();
  }

  String inspect(String container, String format) {
    return docker("inspect", "-f", format, container).strip();
  }

  String name(String container) {
    return inspect(container, "{{.Name}}").replaceFirst("^/" + project + "-", "");
  }

  /// Whether a connection from a container of `service` to `host:port` can be made.
  boolean reaches(String service, String host, int port) {
    String container = containers(service).getFirst();
    String said =
        docker(
            "exec",
            container,
            "bash",
            "-c",
            "timeout 5 bash -c '</dev/tcp/%s/%d' 2>/dev/null && echo yes || echo no"
                .formatted(host, port));
    return said.strip().equals("yes");
  }

  /// Live sessions of each gateway, by container.
  Map<String, Long> sessions() {
    var sessions = new TreeMap<String, Long>();
    for (String gateway : containers("gateway-service")) {
      String metrics =
          docker(
              "exec",
              gateway,
              "bash",
              "-c",
              "exec 3<>/dev/tcp/127.0.0.1/9000;"
                  + " printf 'GET /q/metrics HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3");
      var line = Pattern.compile("(?m)^parley_gateway_sessions\\S* (\\S+)").matcher(metrics);
      sessions.put(gateway, line.find() ? (long) Double.parseDouble(line.group(1)) : 0);
    }
    return sessions;
  }

  /// As a crash would: the engine takes `docker kill` for a wish and would not start it again.
  void killMainProcess(String container) {
    String pid = inspect(container, "{{.State.Pid}}");
    docker(
        "run",
        "--rm",
        "--pid=host",
        "--privileged",
        "--user=0",
        "--network=none",
        "--entrypoint=bash",
        "parley/gateway-service",
        "-c",
        "kill -9 " + pid);
  }

  /// Crashes a container and returns when its restart policy has brought it back healthy.
  void crash(String container) {
    int before = Integer.parseInt(inspect(container, "{{.RestartCount}}"));
    killMainProcess(container);
    Until.met(
        name(container) + " is back",
        () -> {
          var now =
              inspect(container, "{{.RestartCount}} {{.State.Running}} {{.State.Health.Status}}")
                  .split(" ");
          return Integer.parseInt(now[0]) > before
              && now[1].equals("true")
              && now[2].equals("healthy");
        });
  }

  private static String run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed: " + out);
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
