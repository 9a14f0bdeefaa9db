package dev.parley.gateway.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testing.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// An open session that is told anything, and holds the gateway to what [CommandJudge] expects.
final class FuzzedSession implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Beyond every id of a mutated command but the greatest.
  private static final long PROBE = 1L << 52;

  private final RawClient client;
  private final Map<Long, Integer> owed = new HashMap<>();
  private long probe = PROBE;

  private FuzzedSession(RawClient client) {
    this.client = client;
  }

  /// Whether sessions can be opened yet.
  static boolean opens(URI server, TokenIssuer issuer) throws IOException {
    try (RawClient client = RawClient.open(server)) {
      return client.status == 101 && connected(client, issuer);
    }
  }

  /// The services behind may be slow on a busy machine; then it is told so, and tries again.
  static FuzzedSession open(URI server, TokenIssuer issuer) throws IOException {
    for (int i = 0; i < 10; i++) {
      RawClient client = RawClient.open(server);
      if (connected(client, issuer)) {
        return new FuzzedSession(client);
      }
      client.close();
    }
    return fail("connect was refused ten times");
  }

  private static boolean connected(RawClient client, TokenIssuer issuer) throws IOException {
    client.text(
        "{\"id\":0,\"type\":\"connect\",\"token\":\"%s\"}"
            .formatted(issuer.token(UUID.randomUUID())));
    String answer = client.next().text();
    assertTrue(
        answer.matches(".*\"type\":\"connected\".*|.*\"code\":\"(unavailable|timeout)\".*"),
        answer);
    return answer.startsWith("{\"id\":0,\"type\":\"connected\"");
  }

  /// Sends a message.
  ///
  /// @return whether the session goes on; it is closed as the message deserves, if not
  boolean says(byte[] message, String what) throws IOException {
    CommandJudge.Verdict verdict = CommandJudge.of(message);
    String all = what + ": " + new String(message, UTF_8);
    verdict.replies().forEach(id -> owed.merge(id, 1, Integer::sum));
    client.frame(RawClient.FIN | RawClient.TEXT, message);
    if (verdict.close().isEmpty()) {
      probe(all);
      return true;
    }
    while (true) {
      RawClient.Received frame = client.next();
      if (frame.opcode() == RawClient.CLOSE) {
        assertEquals(verdict.close().getAsInt(), frame.closeCode(), all);
        client.close(frame.closeCode());
        assertTrue(client.ended(), all);
        client.close();
        return false;
      }
      take(frame, all);
    }
  }

  /// Everything before it has been handled when it is answered.
  private void probe(String what) throws IOException {
    long id = ++probe;
    owed.put(id, 1);
    client.text("{\"type\":\"ping\",\"id\":" + id + "}");
    while (owed.containsKey(id)) {
      take(client.next(), what);
    }
  }

  /// Waits until nothing is owed, and sees that nothing more is said.
  void settles(String what) throws IOException {
    while (!owed.isEmpty()) {
      take(client.next(), what + ", owed: " + owed);
    }
    probe(what);
  }

  private void take(RawClient.Received frame, String what) throws IOException {
    if (frame.opcode() == RawClient.PING) {
      return;
    }
    if (frame.opcode() == RawClient.CLOSE) {
      fail(what + "\nclosed with " + frame.closeCode() + " " + frame.closeReason());
    }
    assertEquals(RawClient.FIN | RawClient.TEXT, frame.head(), what);
    List<String> wrong = new ArrayList<>();
    for (String line : frame.text().lines().toList()) {
      JsonNode object = JSON.readTree(line);
      if (object.has("id")) {
        long id = object.get("id").longValue();
        if (owed.computeIfPresent(id, (key, count) -> count == 1 ? 0 : count - 1) == null) {
          wrong.add("not owed: " + line);
        }
        owed.remove(id, 0);
        if (object.path("code").asText().equals("internal")) {
          wrong.add(line);
        }
      }
    }
    assertEquals(List.of(), wrong, what);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
