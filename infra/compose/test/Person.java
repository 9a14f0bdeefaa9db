import module java.base;
import module java.net.http;

/// Somebody with one socket, who does what the protocol asks of clients: comes back after a close,
/// resumes, and repeats a send with its id until it is answered. Sees one conversation.
final class Person implements WebSocket.Listener {
  private static final String PASSWORD = "only for this test";
  private static final Set<String> AGAIN =
      Set.of("unavailable", "timeout", "internal", "rate_limited");

  private static final int TOKEN_ENDED = 4401;

  private final Api api;
  private final String name;
  private final String user;
  private final AtomicBoolean gone = new AtomicBoolean();

  // All guarded by this.
  private final Map<String, String> owed = new LinkedHashMap<>();
  private final List<String> seen = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final StringBuilder message = new StringBuilder();
  private String token;
  private String conversation = "";
  private long position;
  private int id;
  private boolean repeating;
  private long failures;
  private String lastFailure = "";
  private WebSocket socket;
  private CompletableFuture<?> writes = CompletableFuture.completedFuture(null);

  private Person(Api api, String name, String user) {
    this.api = api;
    this.name = name;
    this.user = user;
  }

  static Person register(Api api, String name) {
    String body =
        "{\"username\":\"%s\",\"password\":\"%s\",\"displayName\":\"%s\"}"
            .formatted(name, PASSWORD, name);
    Person person =
        new Person(api, name, Api.text(api.post("/api/auth/register", "", body, 201), "user"));
    person.login();
    return person;
  }

  void login() {
    String body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD);
    String fresh = Api.text(api.post("/api/auth/login", "", body, 200), "accessToken");
    synchronized (this) {
      token = fresh;
    }
  }

  String user() {
    return user;
  }

  synchronized String token() {
    return token;
  }

  /// Connects, and stays so until [#leave].
  void join(String conversation) {
    synchronized (this) {
      this.conversation = conversation;
    }
    gone.set(false);
    reconnect();
  }

  synchronized void send(String text) {
    String id = UUID.randomUUID().toString();
    String line =
        ("{\"type\":\"send\",\"id\":%d,\"conversation\":\"%s\",\"message\":\"%s\","
                + "\"content\":{\"text\":\"%s\"}}")
            .formatted(++this.id, conversation, id, text);
    owed.put(id, line);
    write(line);
  }

  /// Sends that are not answered yet.
  synchronized int owed() {
    return owed.size();
  }

  /// Sends that were answered with an error, whether or not they were made again.
  synchronized long failures() {
    return failures;
  }

  synchronized String lastFailure() {
    return lastFailure;
  }

  /// Ids of the messages, in the order in which they came.
  synchronized List<String> seen() {
    return List.copyOf(seen);
  }

  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  void leave() {
    gone.set(true);
    synchronized (this) {
      socket.abort();
    }
  }

  private void loginAtLast() {
    while (!gone.get()) {
      try {
        login();
        return;
      } catch (RuntimeException e) {
        Api.pause(500);
      }
    }
  }

  private void refresh() {
    loginAtLast();
    synchronized (this) {
      write("{\"type\":\"refresh\",\"id\":%d,\"token\":\"%s\"}".formatted(++id, token));
    }
  }

  private void reconnect() {
    for (long wait = 100; !gone.get(); wait = Math.min(2000, wait * 2)) {
      try {
        var opened = api.socket(this);
        synchronized (this) {
          message.setLength(0);
          socket = opened;
          writes = CompletableFuture.completedFuture(null);
          write(
              "{\"type\":\"connect\",\"id\":0,\"token\":\"%s\",\"resume\":{%s}}"
                  .formatted(
                      token, position == 0 ? "" : "\"%s\":%d".formatted(conversation, position)));
          owed.values().forEach(this::write);
        }
        return;
      } catch (CompletionException e) {
        Api.pause(wait);
      }
    }
  }

  /// One frame after the other: the JDK's socket refuses a second one at a time.
  private void write(String line) {
    WebSocket to = socket;
    writes = writes.thenCompose(done -> to.sendText(line, true)).exceptionally(lost -> null);
  }

  @Override
  public synchronized CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      String whole = message.toString();
      message.setLength(0);
      if (from == socket) {
        whole.lines().filter(line -> !line.isEmpty()).forEach(this::take);
      }
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    if (code == TOKEN_ENDED) {
      Thread.startVirtualThread(() -> {
        loginAtLast();
        reconnect();
      });
    } else if (code >= 4400 && code != 4408) {
      synchronized (this) {
        problems.add("closed with " + code + " " + reason);
      }
    } else {
      Thread.startVirtualThread(this::reconnect);
    }
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable cause) {
    Thread.startVirtualThread(this::reconnect);
  }

  private void take(String line) {
    switch (Api.text(line, "type")) {
      case "connected" -> position = Math.max(position, head(line));
      case "event" -> step(line);
      case "expiring" -> Thread.startVirtualThread(this::refresh);
      case "sent" -> {
        if (Api.number(line, "seq") == position + 1) {
          step(line);
        }
        owed.remove(Api.text(line, "message"));
      }
      case "error" -> {
        // 0 is the connect, which is nobody's message.
        if (!line.contains("\"id\":0,")) {
          failures++;
          lastFailure = line;
        }
        if (!AGAIN.contains(Api.text(line, "code"))) {
          problems.add(line);
        } else if (!repeating) {
          repeating = true;
          Thread.startVirtualThread(this::repeat);
        }
      }
      default -> {}
    }
  }

  private long head(String connected) {
    var seq = Pattern.compile("\"conversation\":\"" + conversation + "\",\"seq\":(\\d+)");
    var found = seq.matcher(connected);
    return position == 0 && found.find() ? Long.parseLong(found.group(1)) : position;
  }

  private void step(String line) {
    long seq = Api.number(line, "seq");
    if (seq != position + 1) {
      problems.add("seq " + seq + " after " + position);
    }
    position = seq;
    if (line.contains("\"message\":\"")) {
      seen.add(Api.text(line, "message"));
    }
  }

  private void repeat() {
    Api.pause(500);
    synchronized (this) {
      repeating = false;
      owed.values().forEach(this::write);
    }
  }
}
