package dev.parley.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// A client that resumes at a second gateway when the first is gone, and minds nothing but the
/// numbers it sees: they follow each other in each conversation, whatever happens. Any thread.
final class ReturningClient {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();
  private static final int RETRY_MILLIS = 500;

  private final Person person;
  private final URI second;
  private final AtomicReference<String> wrong;
  // All guarded by this.
  private final Map<String, Long> seen = new HashMap<>();
  private boolean connected;
  private int refused;

  /// @param wrong takes what no client may see
  ReturningClient(Person person, URI second, AtomicReference<String> wrong) {
    this.person = person;
    this.second = second;
    this.wrong = wrong;
  }

  /// Connects and resumes; comes again until it is let in.
  void open(URI gateway) {
    var _ =
        HTTP.newWebSocketBuilder()
            .subprotocols("parley.v1.json")
            .buildAsync(gateway, new Ears())
            .whenComplete((socket, problem) -> {
              if (problem == null) {
                var _ = socket.sendText(connect(), true);
              } else {
                again(gateway);
              }
            });
  }

  /// How often it was not let in.
  synchronized int refused() {
    return refused;
  }

  /// The last number that it has of each conversation of its user's.
  synchronized Map<String, Long> seen() {
    return Map.copyOf(seen);
  }

  /// Whether it is connected and has seen what there is of its user's conversations.
  synchronized boolean hasSeen(Map<String, Long> heads) {
    return connected
        && seen.entrySet().stream().allMatch(one -> one.getValue().equals(heads.get(one.getKey())));
  }

  private synchronized void again(URI gateway) {
    refused++;
    var _ =
        CompletableFuture.runAsync(
            () -> open(gateway),
            CompletableFuture.delayedExecutor(
                ThreadLocalRandom.current().nextInt(RETRY_MILLIS, 3 * RETRY_MILLIS),
                TimeUnit.MILLISECONDS));
  }

  private synchronized String connect() {
    ObjectNode connect =
        JSON.createObjectNode()
            .put("id", 1)
            .put("type", "connect")
            .put("token", person.accessToken());
    connect.set("resume", JSON.valueToTree(seen));
    return connect.toString();
  }

  private synchronized void hear(JsonNode frame) {
    switch (frame.get("type").asText()) {
      case "connected" -> {
        connected = true;
        for (JsonNode head : frame.get("conversations")) {
          // One that it has resumed goes on from where it was.
          seen.putIfAbsent(head.get("conversation").asText(), head.get("seq").asLong());
        }
      }
      case "event" -> {
        String conversation = frame.get("conversation").asText();
        long seq = frame.get("seq").asLong();
        Long before = seen.put(conversation, seq);
        if (before == null || before + 1 != seq) {
          wrong.compareAndSet(null, conversation + ": " + seq + " after " + before);
        }
      }
      case "behind" -> wrong.compareAndSet(null, frame.toString());
      default -> {}
    }
  }

  private synchronized void gone() {
    boolean refusedToConnect = !connected;
    connected = false;
    if (refusedToConnect) {
      again(second);
    } else {
      open(second);
    }
  }

  private final class Ears implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        try {
          for (String line : partial.toString().lines().toList()) {
            hear(JSON.readTree(line));
          }
        } catch (JsonProcessingException e) {
          wrong.compareAndSet(null, partial.toString());
        }
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      gone();
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      gone();
    }
  }
}
