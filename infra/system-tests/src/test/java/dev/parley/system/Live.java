package dev.parley.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// One session over a WebSocket: what its client says, and all that it hears, in order. Any thread.
final class Live implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Ears ears = new Ears();
  private final AtomicLong ids = new AtomicLong();
  private final WebSocket socket;

  private Live(URI address) {
    socket =
        HTTP.newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .subprotocols("parley.v1.json")
            .buildAsync(address, ears)
            .join();
  }

  /// A connection on which nothing has been said.
  static Live open(URI address) {
    return new Live(address);
  }

  /// Opens a session of somebody's, waits for `connected`, and keeps its token fresh.
  static Live connected(Door door, Person person) throws Exception {
    return connected(door, person, Map.of());
  }

  /// Opens a session that has seen each of these conversations up to the given number.
  static Live connected(Door door, Person person, Map<String, Long> resume) throws Exception {
    Live live = letIn(door, person, resume);
    live.keepTokenFresh(person);
    return live;
  }

  /// As [#connected], with a session that ends with its token.
  static Live letIn(Door door, Person person, Map<String, Long> resume) throws Exception {
    return Again.until("a session", () -> attempt(door, person, resume), Optional::isPresent)
        .orElseThrow();
  }

  /// Empty if nobody can be let in now.
  private static Optional<Live> attempt(Door door, Person person, Map<String, Long> resume)
      throws Exception {
    Live live = door.open();
    JsonNode answer = live.connect(person, resume);
    if (answer.get("type").asText().equals("connected")) {
      return Optional.of(live);
    }
    live.cut();
    if (isPutOff(answer) || answer.path("code").asText().equals("timeout")) {
      return Optional.empty();
    }
    throw new IllegalStateException("connect was answered " + answer);
  }

  /// Says `connect` once and waits for the answer, whatever it is.
  JsonNode connect(Person person, Map<String, Long> resume) throws Exception {
    return reply(tell("connect", "token", person.accessToken(), "resume", resume));
  }

  /// From here on `expiring` is answered with a new token.
  void keepTokenFresh(Person person) {
    ears.whenExpiring(() -> Thread.ofVirtual().start(() -> refresh(person)));
  }

  /// Says something with an id, and returns the id.
  long tell(String type, Object... members) {
    long id = ids.incrementAndGet();
    ObjectNode command = JSON.createObjectNode().put("id", id).put("type", type);
    for (int i = 0; i < members.length; i += 2) {
      command.set((String) members[i], JSON.valueToTree(members[i + 1]));
    }
    say(command.toString());
    return id;
  }

  /// Says exactly this.
  synchronized void say(String text) {
    socket.sendText(text, true).join();
  }

  /// Says something and waits for its reply, whatever it is; says it again while it is put off.
  JsonNode ask(String type, Object... members) throws Exception {
    return Again.until(type, () -> reply(tell(type, members)), answer -> !isPutOff(answer));
  }

  /// Whether it was not done, and is to be said again in the same words. A reply that does not come
  /// is a defect in most tests, so `timeout` is not.
  private static boolean isPutOff(JsonNode answer) {
    return answer.path("code").asText().equals("unavailable");
  }

  /// Sends a text without waiting for the answer, and returns the command's id.
  long send(String conversation, UUID message, String text) {
    return tell(
        "send",
        "conversation",
        conversation,
        "message",
        message.toString(),
        "content",
        Map.of("text", text));
  }

  /// Sends a text and waits for its `sent`; repeats it, with its id, while it is put off.
  JsonNode sent(String conversation, UUID message, String text) throws Exception {
    JsonNode reply =
        Again.until(
            "sent", () -> reply(send(conversation, message, text)), answer -> !isPutOff(answer));
    if (!reply.get("type").asText().equals("sent")) {
      throw new IllegalStateException(reply.toString());
    }
    return reply;
  }

  /// Sends a new text and returns its number.
  long sent(String conversation, String text) throws Exception {
    return sent(conversation, UUID.randomUUID(), text).get("seq").asLong();
  }

  /// What was answered to a command.
  JsonNode reply(long id) throws Exception {
    return next(frame -> frame.path("id").asLong(-1) == id);
  }

  /// The verdict on a command: `yes`, or the error's code.
  String verdict(String type, Object... members) throws Exception {
    JsonNode reply = ask(type, members);
    return reply.get("type").asText().equals("error") ? reply.get("code").asText() : "yes";
  }

  /// The first frame ever heard that is like this, waited for if need be.
  JsonNode next(Predicate<JsonNode> like) throws Exception {
    return ears.await(
        () -> ears.heard.stream().filter(like).findFirst().orElse(null), "a frame of that kind");
  }

  /// The first frame of this type about this conversation or user.
  JsonNode next(String type, String member, String value) throws Exception {
    return next(frame ->
        frame.get("type").asText().equals(type) && frame.path(member).asText().equals(value));
  }

  /// All that was heard up to now.
  List<JsonNode> heard() {
    synchronized (ears) {
      return List.copyOf(ears.heard);
    }
  }

  /// The log as this session saw it: events, and `sent`s in the place of events, up to `seq`.
  List<JsonNode> log(String conversation, long seq) throws Exception {
    next(frame -> isLogged(frame, conversation) && frame.get("seq").asLong() == seq);
    return heard().stream().filter(frame -> isLogged(frame, conversation)).toList();
  }

  /// With which code the gateway closed.
  int closeCode() throws Exception {
    return ears.await(() -> ears.closeCode, "the close");
  }

  boolean isOpen() {
    synchronized (ears) {
      return ears.closeCode == null;
    }
  }

  /// As when a phone loses its network: no close frame.
  void cut() {
    socket.abort();
  }

  @Override
  public void close() {
    if (isOpen()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> null).join();
    }
  }

  private void refresh(Person person) {
    try {
      person.logIn();
      tell("refresh", "token", person.accessToken());
    } catch (IOException | InterruptedException | RuntimeException e) {
      // The session ends with its token, and whoever needed it says so.
    }
  }

  private static boolean isLogged(JsonNode frame, String conversation) {
    String type = frame.get("type").asText();
    return (type.equals("event") || type.equals("sent"))
        && !frame.path("repeated").asBoolean()
        && frame.path("conversation").asText().equals(conversation);
  }

  private static final class Ears implements WebSocket.Listener {
    // All guarded by this.
    private final List<JsonNode> heard = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private Integer closeCode;
    private Runnable whenExpiring = () -> {};

    synchronized void whenExpiring(Runnable action) {
      whenExpiring = action;
      if (heard.stream().anyMatch(Ears::isExpiring)) {
        action.run();
      }
    }

    private static boolean isExpiring(JsonNode frame) {
      return frame.path("type").asText().equals("expiring");
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        for (String line : partial.toString().lines().toList()) {
          try {
            JsonNode frame = JSON.readTree(line);
            heard.add(frame);
            if (isExpiring(frame)) {
              whenExpiring.run();
            }
          } catch (JsonProcessingException e) {
            throw new IllegalStateException(line, e);
          }
        }
        partial.setLength(0);
        notifyAll();
      }
      from.request(1);
      return null;
    }

    @Override
    public synchronized CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closeCode = code;
      notifyAll();
      return null;
    }

    @Override
    public synchronized void onError(WebSocket from, Throwable error) {
      closeCode = 1006;
      notifyAll();
    }

    synchronized <T> T await(Supplier<T> fact, String what)
        throws InterruptedException, IOException, TimeoutException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        T found = fact.get();
        if (found != null) {
          return found;
        }
        String missing =
            what
                + " did not come; heard: "
                + heard.subList(Math.max(0, heard.size() - 20), heard.size());
        if (closeCode != null) {
          throw new IOException("closed with " + closeCode + "; " + missing);
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new TimeoutException(missing);
        }
        wait(left);
      }
    }
  }
}
