import module java.base;

/// Tries the compose stack the way that people use it: started by infra/compose-test, which also
/// takes it down. Arguments: name of the project, authority of the entry.
final class ComposeTest {
  private static final int MOST_OWED = 20;

  private final Compose stack;
  private final Api api;
  private final List<Person> people = new ArrayList<>();
  private String conversation = "";
  private long messages;

  private ComposeTest(Compose stack, Api api) {
    this.stack = stack;
    this.api = api;
  }

  static void main(String... arguments) {
    var test = new ComposeTest(new Compose(arguments[0]), new Api(arguments[1]));
    test.step("it is ready without any manual step", () -> test.up(2));
    test.step("nobody runs as root, and secrets stay in their volumes", test::containersAreClosed);
    test.step("the entry refuses what is not public", test::innerPathsAreRefused);
    test.step("people talk across two gateways", test::talkAcrossGateways);
    test.step("a third gateway gets sessions", test::scaleUp);
    test.step(
        "a gateway that is scaled away loses nothing", () -> test.duringTalk(() -> test.up(2)));
    test.step("a gateway that is killed comes back and loses nothing", test::killGateway);
    for (String service :
        List.of(
            "message-service",
            "auth-service",
            "presence-service",
            "redis",
            "kafka",
            "postgres",
            "entry")) {
      test.step(
          service + " restarts and nothing is lost",
          () -> test.duringTalk(() -> test.stack.compose("restart", service)));
    }
    test.step("data and secrets survive down and up", test::downAndUp);
    System.exit(0);
  }

  private void step(String fact, Runnable work) {
    long start = System.nanoTime();
    try {
      work.run();
    } catch (RuntimeException e) {
      IO.println("FAILED  " + fact + ": " + e);
      System.exit(1);
    }
    IO.println("ok      %s (%.1f s)".formatted(fact, (System.nanoTime() - start) / 1e9));
  }

  private void up(int gateways) {
    stack.compose("up", "--wait", "--scale", "gateway-service=" + gateways);
  }

  private void containersAreClosed() {
    String inspected =
        stack.docker(
            Stream.concat(Stream.of("inspect"), stack.containers("-a").stream())
                .toArray(String[]::new));
    String secrets =
        stack.compose(
            "run", "--rm", "--no-deps", "-T", "--entrypoint", "sh", "secrets", "-c",
            "cat /run/parley/*/*");
    for (String secret : secrets.strip().split("\\s+")) {
      String value = secret.substring(secret.indexOf('=') + 1);
      require(!inspected.contains(value), "a secret is shown by docker inspect");
    }
    for (String container : stack.containers()) {
      String user =
          stack.docker("exec", container, "sh", "-c", "grep ^Uid: /proc/1/status").split("\\s+")[1];
      require(!user.equals("0"), "the main process of " + container + " is root");
    }
  }

  private void innerPathsAreRefused() {
    for (String path : List.of("/", "/q/health", "/q/metrics", "/internal/heads")) {
      api.get(path, "", 404);
    }
  }

  private void talkAcrossGateways() {
    String run = Long.toString(System.currentTimeMillis(), 36);
    for (int i = 0; i < 8; i++) {
      people.add(Person.register(api, "person" + i + "." + run));
    }
    String members =
        people.stream()
            .skip(1)
            .map(person -> '"' + person.user() + '"')
            .collect(Collectors.joining(","));
    String body = "{\"kind\":\"group\",\"title\":\"compose\",\"members\":[" + members + "]}";
    conversation =
        Api.text(
            api.post("/api/conversations", people.getFirst().token(), body, 201), "conversation");
    people.forEach(person -> person.join(conversation));
    until("two gateways have sessions", () -> gatewaysInUse() == 2);
    talk(20);
    settled();
  }

  private void scaleUp() {
    duringTalk(() -> up(3));
    for (int i = 0; i < 6; i++) {
      Person.register(api, "late" + i + "." + System.nanoTime()).join(conversation);
    }
    until("three gateways have sessions", () -> gatewaysInUse() == 3);
  }

  private void killGateway() {
    String gateway = stack.containers("gateway-service").getFirst();
    duringTalk(() -> stack.killMainProcess(gateway));
    until(
        "it is healthy again",
        () ->
            stack
                .docker("inspect", "-f", "{{.RestartCount}} {{.State.Health.Status}}", gateway)
                .strip()
                .equals("1 healthy"));
  }

  private void downAndUp() {
    people.forEach(Person::leave);
    stack.compose("down");
    up(2);
    people.forEach(Person::login);
    people.forEach(person -> person.join(conversation));
    talk(2);
    settled();
  }

  /// Everybody says something again and again while `work` goes on, and a while longer; not while much
  /// is unanswered, which would be a flood when all of it is repeated.
  private void duringTalk(Runnable work) {
    var done = CompletableFuture.runAsync(work);
    while (!done.isDone()) {
      if (people.stream().allMatch(person -> person.owed() < MOST_OWED)) {
        talk(1);
      }
      Api.pause(200);
    }
    done.join();
    talk(10);
    settled();
  }

  private void talk(int times) {
    for (int i = 0; i < times; i++) {
      people.forEach(person -> person.send("hello"));
      messages += people.size();
    }
  }

  /// All that was said is in the log once, and everybody has seen it in its order.
  private void settled() {
    until("every send is answered", () -> people.stream().allMatch(person -> person.owed() == 0));
    var log = new ArrayList<String>();
    String page;
    long after = 0;
    do {
      page =
          api.get(
              "/api/conversations/%s/events?after=%d&limit=200".formatted(conversation, after),
              people.getFirst().token(),
              200);
      var event = Pattern.compile("\"seq\":(\\d+)|\"message\":\"([^\"]+)\"").matcher(page);
      while (event.find()) {
        after = event.group(1) == null ? after : Long.parseLong(event.group(1));
        if (event.group(2) != null) {
          log.add(event.group(2));
        }
      }
    } while (page.contains("\"more\":true"));
    require(log.size() == messages, log.size() + " messages in the log instead of " + messages);
    require(new HashSet<>(log).size() == messages, "a message is in the log twice");
    for (Person person : people) {
      until("everybody has seen all", () -> person.seen().size() >= messages);
      require(person.seen().equals(log), "somebody saw another order");
      require(person.problems().isEmpty(), person.problems().toString());
    }
  }

  private long gatewaysInUse() {
    return stack.sessions().values().stream().filter(sessions -> sessions > 0).count();
  }

  private static void until(String fact, BooleanSupplier met) {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!met.getAsBoolean()) {
      require(System.nanoTime() < end, "not within 90 s: " + fact);
      Api.pause(200);
    }
  }

  private static void require(boolean met, String otherwise) {
    if (!met) {
      throw new IllegalStateException(otherwise);
    }
  }
}
