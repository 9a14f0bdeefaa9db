import module java.base;

/// People who talk in one conversation, and what must be true of it whatever happens meanwhile.
final class Crowd {
  private static final int MOST_OWED = 20;

  private final Api api;
  private final List<Person> people = new ArrayList<>();
  private String conversation = "";
  private long messages;

  Crowd(Api api) {
    this.api = api;
  }

  /// People register, open the conversation and connect.
  void gather(int number) {
    String run = Long.toString(System.currentTimeMillis(), 36);
    for (int i = 0; i < number; i++) {
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
  }

  /// Others connect, so that new gateways get sessions.
  void strangersCome(int number) {
    for (int i = 0; i < number; i++) {
      Person.register(api, "late" + i + "." + System.nanoTime()).join(conversation);
    }
  }

  void leave() {
    people.forEach(Person::leave);
  }

  void comeBack() {
    people.forEach(Person::login);
    people.forEach(person -> person.join(conversation));
  }

  /// Everybody says something again and again while `work` goes on, and a while longer; not while
  /// much is unanswered, which would be a flood when all of it is repeated.
  void during(Runnable work) {
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

  /// As [#during], and no send may be refused or run out of time.
  void duringWithoutFailure(Runnable work) {
    long before = failures();
    during(work);
    long failed = failures() - before;
    Until.require(
        failed == 0,
        failed + " sends failed: " + people.stream().map(Person::lastFailure).toList());
  }

  void talk(int times) {
    for (int i = 0; i < times; i++) {
      people.forEach(person -> person.send("hello"));
      messages += people.size();
    }
  }

  /// All that was said is in the log once, and everybody has seen it in its order.
  void settled() {
    Until.met(
        "every send is answered", () -> people.stream().allMatch(person -> person.owed() == 0));
    var log = log();
    Until.require(
        log.size() == messages, log.size() + " messages in the log instead of " + messages);
    Until.require(new HashSet<>(log).size() == messages, "a message is in the log twice");
    for (Person person : people) {
      Until.met("everybody has seen all", () -> person.seen().size() >= messages);
      Until.require(person.seen().equals(log), "somebody saw another order");
      Until.require(person.problems().isEmpty(), person.problems().toString());
    }
  }

  long messages() {
    return messages;
  }

  private long failures() {
    return people.stream().mapToLong(Person::failures).sum();
  }

  private List<String> log() {
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
    return log;
  }
}
