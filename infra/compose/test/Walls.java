import module java.base;

/// What keeps a container from harming others: its user, its limits, its networks, its secrets.
final class Walls {
  private static final long ONE_CPU = 1_000_000_000;

  private final Compose stack;
  private final Set<String> published;

  /// @param published services with a port of this machine
  Walls(Compose stack, String... published) {
    this.stack = stack;
    this.published = Set.of(published);
  }

  void hold() {
    stack.containers().forEach(this::nobodyIsRoot);
    stack.containers("-a").forEach(this::isBounded);
    nothingElseIsPublished();
    networksPartTheEdgeFromTheStores();
    secretsStayInTheirVolumes();
  }

  private void nobodyIsRoot(String container) {
    String user =
        stack.docker("exec", container, "sh", "-c", "grep ^Uid: /proc/1/status").split("\\s+")[1];
    Until.require(!user.equals("0"), "the main process of " + stack.name(container) + " is root");
  }

  private void isBounded(String container) {
    var limits =
        stack.inspect(container, "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}").split(" ");
    String name = stack.name(container);
    Until.require(Long.parseLong(limits[0]) > 0, name + " may take all memory");
    long cpus = Long.parseLong(limits[1]);
    Until.require(cpus > 0 && cpus <= ONE_CPU, name + " may take " + cpus / 1e9 + " CPUs");
  }

  private void nothingElseIsPublished() {
    for (String container : stack.containers()) {
      boolean bound =
          stack.inspect(container, "{{json .HostConfig.PortBindings}}").contains("HostPort");
      String service =
          stack.inspect(container, "{{index .Config.Labels \"com.docker.compose.service\"}}");
      Until.require(
          bound == published.contains(service), stack.name(container) + " is published: " + bound);
    }
  }

  private void networksPartTheEdgeFromTheStores() {
    Until.require(stack.reaches("entry", "gateway-service", 8080), "the entry sees no gateway");
    Until.require(stack.reaches("gateway-service", "kafka", 9092), "a gateway sees no Kafka");
    Until.require(stack.reaches("message-service", "postgres", 5432), "no PostgreSQL");
    for (String store : List.of("kafka/9092", "redis/6379", "postgres/5432")) {
      var address = store.split("/");
      Until.require(
          !stack.reaches("entry", address[0], Integer.parseInt(address[1])),
          "the entry reaches " + store);
    }
    Until.require(
        !stack.reaches("gateway-service", "postgres", 5432), "a gateway reaches PostgreSQL");
  }

  private void secretsStayInTheirVolumes() {
    String inspected =
        stack.docker(
            Stream.concat(Stream.of("inspect"), stack.containers("-a").stream())
                .toArray(String[]::new));
    String secrets =
        stack.compose(
            "run",
            "--rm",
            "--no-deps",
            "-T",
            "--entrypoint",
            "sh",
            "secrets",
            "-c",
            "cat /run/parley/*/*");
    for (String secret : secrets.strip().split("\\s+")) {
      String value = secret.substring(secret.indexOf('=') + 1);
      Until.require(!inspected.contains(value), "a secret is shown by docker inspect");
    }
  }
}
