package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A client as the protocol wants it: sends one message after the other, repeats each with its id
/// until it is answered, and after every loss of its connection resumes where it was. On a thread
/// of its own from construction until [#stop()].
final class Talker {
  private static final Set<String> REPEATED =
      Set.of("unavailable", "rate_limited", "timeout", "internal");

  private final Stack stack;
  private final Person person;
  private final String conversation;
  private final Reading reading;
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile Throwable failure;
  private Live session;

  /// @param head where the conversation stands
  Talker(Stack stack, Person person, String conversation, long head) {
    this.stack = stack;
    this.person = person;
    this.conversation = conversation;
    this.reading = new Reading(conversation, head);
    this.thread = Thread.ofVirtual().name("talker").start(this::talk);
  }

  /// The number that each message was answered with.
  Map<String, Long> acknowledged() {
    if (failure != null) {
      throw new IllegalStateException("a talker failed", failure);
    }
    return acknowledged;
  }

  /// Ends after the message that is under way, reads up to `head`, and returns what was read.
  Reading stop() throws Exception {
    stopping = true;
    thread.join();
    acknowledged();
    return reading;
  }

  /// Reads on to the given number; after [#stop()].
  void readUpTo(long head) throws Exception {
    leave();
    if (reading.position() < head) {
      person.logIn();
      try (Live last =
          Live.connected(stack.socket(), person, Map.of(conversation, reading.position()))) {
        last.log(conversation, head);
        reading.take(last.heard());
      }
    }
  }

  private void talk() {
    try {
      while (!stopping) {
        UUID message = UUID.randomUUID();
        acknowledged.put(message.toString(), untilAnswered(message));
      }
    } catch (Exception | AssertionError e) {
      failure = e;
    }
  }

  private long untilAnswered(UUID message) throws Exception {
    while (true) {
      try {
        if (session == null) {
          come();
        }
        JsonNode reply = session.reply(session.send(conversation, message, "still here"));
        if (reply.get("type").asText().equals("sent")) {
          return reply.get("seq").asLong();
        }
        if (!REPEATED.contains(reply.path("code").asText())) {
          throw new AssertionError("a send was answered " + reply);
        }
        backOff();
      } catch (IOException | TimeoutException | RuntimeException lost) {
        leave();
        backOff();
      }
    }
  }

  private void come() throws Exception {
    Live newer = stack.socket().open();
    JsonNode answer = newer.connect(person, Map.of(conversation, reading.position()));
    if (answer.get("type").asText().equals("connected")) {
      newer.keepTokenFresh(person);
      session = newer;
      return;
    }
    if (answer.path("code").asText().equals("unauthenticated")) {
      person.logIn();
    }
    throw new IOException("connect was answered " + answer);
  }

  private void leave() {
    if (session != null) {
      session.cut();
      reading.take(session.heard());
      session = null;
    }
  }

  private static void backOff() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(200);
  }
}
