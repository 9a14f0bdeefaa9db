import module java.base;

/// The stack of the compose file, as a project of its own.
record Compose(String project) {

  String compose(String... arguments) {
    return run(
        Stream.concat(Stream.of("docker", "compose", "-p", project), Stream.of(arguments))
            .toList());
  }

  String docker(String... arguments) {
    return run(Stream.concat(Stream.of("docker"), Stream.of(arguments)).toList());
  }

  List<String> containers(String... service) {
    return compose(Stream.concat(Stream.of("ps", "-q"), Stream.of(service)).toArray(String[]::new))
        .lines()
        .toList();
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
    String pid = docker("inspect", "-f", "{{.State.Pid}}", container).strip();
    docker(
        "run", "--rm", "--pid=host", "--privileged", "--user=0", "--network=none",
        "--entrypoint=bash", "parley/gateway-service", "-c", "kill -9 " + pid);
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
