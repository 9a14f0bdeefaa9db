package dev.parley.loadbalancer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.servers.Ports;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunnelIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final FakeServer first = new FakeServer("first");
  private final FakeServer second = new FakeServer("second");
  private RunningEntry entry;

  @BeforeEach
  void start() throws Exception {
    entry = new RunningEntry(directory, List.of(first.address(), second.address()), List.of());
  }

  @AfterEach
  void stop() {
    entry.close();
    first.close();
    second.close();
  }

  @Test
  void bigMessagesGoBothWaysUnchanged() throws Exception {
    WebSocketClient client = entry.webSocket("");
    assertTrue(client.next().startsWith("hello from "));
    assertEquals("parley.v1.json", client.socket().getSubprotocol());
    String big = "äöü\uD83D\uDE00".repeat(90_000);
    for (int i = 0; i < 5; i++) {
      client.send(i + big);
    }
    for (int i = 0; i < 5; i++) {
      assertEquals(i + big, client.next());
    }
  }

  @Test
  void connectionsGoToTheGatewayWithFewest() throws Exception {
    for (int i = 0; i < 10; i++) {
      entry.webSocket("");
    }
    awaitSockets(5, 5);
    closeAll(first);
    for (int i = 0; i < 4; i++) {
      entry.webSocket("");
    }
    awaitSockets(4, 5);
  }

  @Test
  void clientThatVanishesIsMissedByTheGateway() throws Exception {
    WebSocketClient client = entry.webSocket("");
    client.next();
    client.socket().abort();
    await().atMost(PATIENCE).until(() -> first.sockets().isEmpty() && second.sockets().isEmpty());
    await()
        .atMost(PATIENCE)
        .until(() -> !entry.metric("parley_entry_open{destination=\"gateways\"").contains(" 1"));
  }

  @Test
  void unreachableGatewayIsSkipped() throws Exception {
    entry.route(List.of("127.0.0.1:" + Ports.free(), second.address()), List.of());
    await().atMost(PATIENCE).until(() -> !entry.metric("parley_entry_open").contains(open(first)));
    for (int i = 0; i < 4; i++) {
      assertEquals("hello from second", entry.webSocket("").next());
    }
  }

  @Test
  void gatewayThatDrainsGetsNobodyThoughItIsTheLeastBusy() throws Exception {
    for (int i = 0; i < 4; i++) {
      entry.webSocket("");
    }
    awaitSockets(2, 2);
    first.drain();
    closeAll(first);
    for (int i = 0; i < 4; i++) {
      assertEquals("hello from second", entry.webSocket("").next());
    }
    second.drain();
    var failure = assertThrows(CompletionException.class, () -> entry.webSocket(""));
    var refused = (WebSocketHandshakeException) failure.getCause();
    assertEquals(503, refused.getResponse().statusCode());
    assertEquals("1", refused.getResponse().headers().firstValue("Retry-After").orElseThrow());
  }

  @Test
  void removedGatewayKeepsItsConnectionsAndGetsNoNewOnes() throws Exception {
    entry.route(List.of(first.address()), List.of());
    await().atMost(PATIENCE).until(() -> !entry.metric("parley_entry_open").contains(open(second)));
    WebSocketClient old = entry.webSocket("");
    assertEquals("hello from first", old.next());
    entry.route(List.of(second.address()), List.of());
    await().atMost(PATIENCE).until(() -> !entry.metric("parley_entry_open").contains(open(first)));
    assertEquals("hello from second", entry.webSocket("").next());
    old.send("still here");
    assertEquals("still here", old.next());
  }

  @Test
  void withoutGatewaysTheAnswerIsUnavailable() throws Exception {
    entry.route(List.of(), List.of());
    await().atMost(PATIENCE).until(() -> entry.metric("parley_entry_open{").isEmpty());
    var failure = assertThrows(CompletionException.class, () -> entry.webSocket(""));
    var refused = (WebSocketHandshakeException) failure.getCause();
    assertEquals(503, refused.getResponse().statusCode());
    assertEquals("1", refused.getResponse().headers().firstValue("Retry-After").orElseThrow());
  }

  @Test
  void refusalOfTheGatewayIsPassedOn() {
    var failure = assertThrows(CompletionException.class, () -> entry.webSocket("?refuse=1"));
    var refused = (WebSocketHandshakeException) failure.getCause();
    assertEquals(403, refused.getResponse().statusCode());
  }

  @Test
  void plainRequestIsNoHandshake() throws Exception {
    assertEquals(400, entry.get("/ws").statusCode());
    var post =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + entry.port() + "/ws"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    assertEquals(400, entry.send(post).statusCode());
  }

  @Test
  void gatewaysSeeWhoTheClientIsWhateverItClaims() throws Exception {
    entry.webSocket(
        "",
        "X-Forwarded-For",
        "6.6.6.6",
        "X-Forwarded-Proto",
        "https",
        "Parley-Service",
        "guess",
        "Origin",
        "http://chat.example");
    List<Map<String, String>> handshakes = new ArrayList<>(first.handshakes());
    handshakes.addAll(second.handshakes());
    Map<String, String> seen = handshakes.getFirst();
    assertEquals("127.0.0.1", seen.get("x-forwarded-for"));
    assertEquals("http", seen.get("x-forwarded-proto"));
    assertEquals("127.0.0.1:" + entry.port(), seen.get("x-forwarded-host"));
    assertEquals("127.0.0.1:" + entry.port(), seen.get("host"));
    assertEquals("http://chat.example", seen.get("origin"));
    assertFalse(seen.containsKey("parley-service"));
  }

  @Test
  void slowClientSlowsItsGatewayInsteadOfFillingTheEntry() throws Exception {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(32 * 1024);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), entry.port()));
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          GET /ws HTTP/1.1\r
          Host: x\r
          Connection: Upgrade\r
          Upgrade: websocket\r
          Sec-WebSocket-Version: 13\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          \r
          """
              .getBytes(StandardCharsets.UTF_8));
      await().atMost(PATIENCE).until(() -> first.sockets().size() + second.sockets().size() == 1);
      var all = new ArrayList<>(first.sockets());
      all.addAll(second.sockets());
      var gateway = all.getFirst();
      // More than both kernels' buffers hold; a tunnel that reads on would take it all.
      for (int i = 0; i < 64; i++) {
        gateway.writeTextMessage("x".repeat(1 << 20));
      }
      await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(gateway::writeQueueFull);
    }
  }

  private void awaitSockets(int atFirst, int atSecond) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertEquals(
                List.of(atFirst, atSecond),
                List.of(first.sockets().size(), second.sockets().size())));
  }

  /// Returns when both the server and the entry know.
  private void closeAll(FakeServer server) {
    server.sockets().forEach(socket -> socket.close());
    await()
        .atMost(PATIENCE)
        .until(() -> server.sockets().isEmpty() && entry.metric(open(server)).endsWith(" 0"));
  }

  private static String open(FakeServer server) {
    return "parley_entry_open{destination=\"gateways\",server=\"" + server.address() + "\"}";
  }
}
