import module java.base;
import module java.net.http;

/// Tries the compose stack the way that people use it: started by infra/compose-test, which also
/// takes it down. Arguments: name of the project, what to try (plain, tls, cluster), authority of
/// the entry, a directory for files, that of the entry's TLS port, that of PostgreSQL.
final class ComposeTest {
  private static final int PEOPLE = 8;

  private final Compose stack;
  private final Api api;
  private final Crowd crowd;

  private ComposeTest(Compose stack, Api api) {
    this.stack = stack;
    this.api = api;
    this.crowd = new Crowd(api);
  }

  static void main(String... arguments) throws Exception {
    var stack = new Compose(arguments[0]);
    var plain = new Api(arguments[2]);
    switch (arguments[1]) {
      case "plain" ->
          new ComposeTest(stack, plain).plain(new SystemTests(stack, plain, arguments[2]));
      case "cluster" -> {
        Path results = Path.of(arguments[3], "results.json");
        var harness = new Harness(stack, arguments[2], arguments[5], results);
        new ComposeTest(stack, plain).cluster(harness);
      }
      case "tls" -> {
        var certificate = Certificate.in(Path.of(arguments[3]));
        new ComposeTest(stack, new Api(arguments[4], certificate.trusted())).tls(plain);
      }
      default -> throw new IllegalArgumentException(arguments[1]);
    }
    System.exit(0);
  }

  private void plain(SystemTests systemTests) {
    step("it is ready without any manual step", stack::up);
    step("containers are closed and bounded", () -> new Walls(stack, "entry").hold());
    step("the entry refuses what is not public", this::innerPathsAreRefused);
    step("the system tests pass through the entry", systemTests::pass);
    step("people talk across two gateways", () -> talkAcross(2));
    step(
        "four gateways and two message-services share the work, and no send fails",
        () -> {
          crowd.duringWithoutFailure(() -> stack.up("gateway-service=4", "message-service=2"));
          crowd.strangersCome(8);
          Until.met("four gateways have sessions", () -> gatewaysInUse() == 4);
        });
    step(
        "two gateways and a message-service go, and no send fails",
        () -> crowd.duringWithoutFailure(() -> stack.up("gateway-service=2", "message-service=1")));
    everythingCrashes();
    step("data and secrets survive down and up", this::downAndUp);
  }

  private void cluster(Harness harness) {
    step("it is ready without any manual step", stack::up);
    step("containers are closed and bounded", () -> new Walls(stack, "entry", "postgres").hold());
    step("every topic has three copies", this::everythingIsCopied);
    step("every container crashes while people talk, and no promise is broken", harness::run);
    step("people talk across three gateways", () -> talkAcross(3));
    step("a broker that stays away holds nobody up", () -> stays("kafka-2", () -> {}));
    step(
        "a primary of Redis that stays away has a successor",
        () -> {
          boolean first = isPrimary("redis");
          String successor = first ? "redis-replica" : "redis";
          stays(
              first ? "redis" : "redis-replica",
              () -> Until.met(successor + " takes over", () -> isPrimary(successor)));
        });
    step("data and secrets survive down and up", this::downAndUp);
  }

  private void tls(Api plain) {
    step("it is ready without any manual step", stack::up);
    step("containers are closed and bounded", () -> new Walls(stack, "entry").hold());
    step("REST speaks HTTP/2 with security headers", this::encryptedAnswers);
    step("the port without TLS sends pages on and refuses the API", () -> refuses(plain));
    step("the entry refuses what is not public", this::innerPathsAreRefused);
    step("people talk across two gateways", () -> talkAcross(2));
    step(
        "they go on when the entry crashes",
        () -> crowd.during(() -> stack.crash(stack.containers("entry").getFirst())));
  }

  private static void step(String fact, Runnable work) {
    long start = System.nanoTime();
    try {
      work.run();
    } catch (RuntimeException e) {
      IO.println("FAILED  " + fact + ": " + e);
      System.exit(1);
    }
    IO.println("ok      %s (%.1f s)".formatted(fact, (System.nanoTime() - start) / 1e9));
  }

  private void talkAcross(int gateways) {
    crowd.gather(PEOPLE);
    crowd.strangersCome(gateways);
    Until.met(gateways + " gateways have sessions", () -> gatewaysInUse() == gateways);
    crowd.talk(20);
    crowd.settled();
  }

  /// The main process of each container is killed once, as seen from the host, while people talk.
  private void everythingCrashes() {
    for (String container : stack.containers()) {
      step(
          stack.name(container) + " crashes, comes back, and nothing is lost",
          () -> crowd.during(() -> stack.crash(container)));
    }
    IO.println("        %d messages so far, each in the log once".formatted(crowd.messages()));
  }

  private void stays(String service, Runnable meanwhile) {
    crowd.during(() -> {
      stack.compose("stop", service);
      meanwhile.run();
      Api.pause(15_000);
    });
    crowd.during(() -> stack.compose("up", "--wait", "--no-recreate", service));
  }

  private boolean isPrimary(String service) {
    return stack.compose("exec", "-T", service, "redis-cli", "role").startsWith("master");
  }

  private void everythingIsCopied() {
    String topics =
        stack.compose(
            "exec",
            "-T",
            "-e",
            "KAFKA_HEAP_OPTS=-Xmx96m",
            "kafka",
            "/opt/kafka/bin/kafka-topics.sh",
            "--bootstrap-server",
            "kafka:9092",
            "--describe");
    var copies = Pattern.compile("ReplicationFactor: (\\d+)").matcher(topics);
    long found = 0;
    while (copies.find()) {
      Until.require(copies.group(1).equals("3"), topics);
      found++;
    }
    Until.require(found > 0, "there are no topics");
  }

  private void innerPathsAreRefused() {
    for (String path :
        List.of("/", "/q/health", "/q/health/ready", "/q/metrics", "/metrics", "/internal/heads")) {
      api.get(path, "", 404);
    }
  }

  private void encryptedAnswers() {
    var answer = api.look("/api/auth/jwks");
    Until.require(answer.statusCode() == 200, answer.toString());
    Until.require(answer.version() == HttpClient.Version.HTTP_2, answer.version().toString());
    for (String header :
        List.of(
            "Strict-Transport-Security",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy",
            "Content-Security-Policy")) {
      Until.require(answer.headers().firstValue(header).isPresent(), "no " + header);
      Until.require(
          api.look("/nothing").headers().firstValue(header).isPresent(),
          "no " + header + " at 404");
    }
  }

  private void refuses(Api plain) {
    plain.get("/api/auth/jwks", "", 403);
    plain.post("/api/auth/login", "", "{}", 403);
    var page = plain.look("/some/page?of=mine");
    Until.require(page.statusCode() == 308, page.toString());
    String target = page.headers().firstValue("Location").orElse("none");
    Until.require(target.equals(api.origin() + "/some/page?of=mine"), "sent on to " + target);
    try {
      plain.socket(new WebSocket.Listener() {});
    } catch (CompletionException e) {
      return;
    }
    throw new IllegalStateException("a socket without TLS was opened");
  }

  private void downAndUp() {
    crowd.leave();
    stack.compose("down");
    stack.up();
    crowd.comeBack();
    crowd.talk(2);
    crowd.settled();
  }

  private long gatewaysInUse() {
    return stack.sessions().values().stream().filter(sessions -> sessions > 0).count();
  }
}
