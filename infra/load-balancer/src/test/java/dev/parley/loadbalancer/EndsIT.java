package dev.parley.loadbalancer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How connections end: slowly, by halves, in the middle, or not at all.
class EndsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// For the limit that is to run out.
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir Path directory;

  @Test
  void lastWordsOfTheGatewayReachASlowClient() throws Exception {
    int size = 200_000;
    AtomicBoolean said = new AtomicBoolean();
    try (RawGateway gateway =
            new RawGateway(connection -> {
              RawGateway.head(connection.getInputStream());
              RawGateway.write(connection, RawGateway.SWITCHING);
              connection.getOutputStream().write(new byte[size]);
              connection.close();
              said.set(true);
            });
        RunningEntry entry = entry(gateway.address());
        Socket client = handshake(entry, "")) {
      await().atMost(PATIENCE).untilTrue(said);
      // Long enough for the entry to notice the end while the client reads nothing.
      await().during(Duration.ofMillis(300)).atMost(PATIENCE).untilTrue(said);
      assertTrue(RawGateway.head(client.getInputStream()).startsWith("HTTP/1.1 101"));
      assertEquals(size, client.getInputStream().readAllBytes().length);
    }
  }

  @Test
  void whatAClientSaidBeforeItEndedReachesTheGateway() throws Exception {
    AtomicReference<String> heard = new AtomicReference<>("");
    try (RawGateway gateway =
            new RawGateway(connection -> {
              RawGateway.head(connection.getInputStream());
              RawGateway.write(connection, RawGateway.SWITCHING);
              heard.set(
                  new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            });
        RunningEntry entry = entry(gateway.address());
        Socket client = handshake(entry, "")) {
      RawGateway.head(client.getInputStream());
      RawGateway.write(client, "last words");
      client.shutdownOutput();
      await().atMost(PATIENCE).untilAsserted(() -> assertEquals("last words", heard.get()));
      assertNothingIsOpen(entry);
    }
  }

  @Test
  void resetsOnEitherSideEndBoth() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    try (RawGateway gateway =
            new RawGateway(connection -> {
              String head = RawGateway.head(connection.getInputStream());
              RawGateway.write(connection, RawGateway.SWITCHING);
              if (head.contains("?reset")) {
                connection.setSoLinger(true, 0);
                connection.close();
                return;
              }
              try {
                connection.getInputStream().readAllBytes();
              } finally {
                ended.set(true);
              }
            });
        RunningEntry entry = entry(gateway.address())) {
      try (Socket client = handshake(entry, "")) {
        RawGateway.head(client.getInputStream());
        client.setSoLinger(true, 0);
      }
      await().atMost(PATIENCE).untilTrue(ended);
      try (Socket client = handshake(entry, "?reset")) {
        RawGateway.head(client.getInputStream());
        assertEquals(-1, readOrEnd(client));
      }
      assertNothingIsOpen(entry);
    }
  }

  @Test
  void gatewayThatStallsInTheHandshakeIsReplacedByAnother() throws Exception {
    try (RawGateway stalled = new RawGateway(connection -> {});
        FakeServer alive = new FakeServer("alive");
        // It is the limit of the one that answers, too.
        RunningEntry entry =
            entry(
                new Limits(Duration.ofSeconds(5), PATIENCE, PATIENCE, 100),
                stalled.address(),
                alive.address())) {
      for (int i = 0; i < 4; i++) {
        assertEquals("hello from alive", entry.webSocket("").next());
      }
      await()
          .atMost(PATIENCE)
          .until(() -> !entry.metric("parley_entry_open{").contains(stalled.address() + "\"} 1"));
      assertTrue(stalled.connections().size() < 3);
    }
  }

  @Test
  void gatewayThatStallsAloneIsAnsweredAsUnavailable() throws Exception {
    try (RawGateway stalled = new RawGateway(connection -> {});
        RunningEntry entry = entry(new Limits(SHORT, PATIENCE, PATIENCE, 100), stalled.address());
        Socket client = handshake(entry, "")) {
      assertTrue(RawGateway.head(client.getInputStream()).startsWith("HTTP/1.1 503"));
      assertNothingIsOpen(entry);
    }
  }

  @Test
  void clientThatGivesUpBeforeTheGatewayAnswersIsForgotten() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    try (RawGateway late =
            new RawGateway(connection -> {
              RawGateway.head(connection.getInputStream());
              try {
                left.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              RawGateway.write(connection, RawGateway.SWITCHING);
              connection.getInputStream().readAllBytes();
              ended.set(true);
            });
        RunningEntry entry = entry(late.address())) {
      try (Socket client = handshake(entry, "")) {
        await().atMost(PATIENCE).until(() -> !late.connections().isEmpty());
        assertTrue(client.isConnected());
      }
      left.countDown();
      await().atMost(PATIENCE).untilTrue(ended);
      assertNothingIsOpen(entry);
    }
  }

  @Test
  void sessionsOverTheLimitAreRefusedUntilOthersEnd() throws Exception {
    try (FakeServer gateway = new FakeServer("gateway");
        RunningEntry entry =
            entry(new Limits(PATIENCE, PATIENCE, PATIENCE, 2), gateway.address())) {
      WebSocketClient first = entry.webSocket("");
      entry.webSocket("");
      try (Socket third = handshake(entry, "")) {
        assertTrue(RawGateway.head(third.getInputStream()).startsWith("HTTP/1.1 503"));
      }
      first.socket().abort();
      await().atMost(PATIENCE).until(() -> entry.metric("parley_entry_open{").endsWith(" 1"));
      assertEquals("hello from gateway", entry.webSocket("").next());
    }
  }

  @Test
  void serviceThatStallsIsGivenUp() throws Exception {
    try (RawGateway stalled = new RawGateway(connection -> {});
        RunningEntry entry =
            new RunningEntry(
                directory,
                List.of(),
                List.of(stalled.address()),
                new Limits(PATIENCE, PATIENCE, SHORT, 100))) {
      HttpResponse<String> answer = entry.get("/api/presence");
      assertEquals(502, answer.statusCode());
      assertNothingIsOpen(entry);
    }
  }

  @Test
  void requestsThatWaitForAStalledServiceAreRefusedInTime() throws Exception {
    try (RawGateway stalled = new RawGateway(connection -> {});
        RunningEntry entry =
            new RunningEntry(
                directory,
                List.of(),
                List.of(stalled.address()),
                new Limits(PATIENCE, SHORT, PATIENCE.multipliedBy(5), 1))) {
      // More than all loops together have connections to one server.
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        clients.add(send(entry, "GET /api/presence HTTP/1.1\r\nHost: x\r\n\r\n"));
      }
      await().atMost(PATIENCE).until(() -> clients.stream().anyMatch(EndsIT::hasAnswer));
      for (Socket client : clients) {
        client.close();
      }
      assertNothingIsOpen(entry);
    }
  }

  private RunningEntry entry(String... gateways) throws IOException {
    return entry(RunningEntry.PATIENT, gateways);
  }

  private RunningEntry entry(Limits limits, String... gateways) throws IOException {
    return new RunningEntry(directory, List.of(gateways), List.of(), limits);
  }

  private static boolean hasAnswer(Socket client) {
    try {
      return client.getInputStream().available() > 0;
    } catch (IOException ended) {
      return false;
    }
  }

  private static void assertNothingIsOpen(RunningEntry entry) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> entry.metric("parley_entry_open{").lines().allMatch(line -> line.endsWith(" 0")));
  }

  private static int readOrEnd(Socket client) throws IOException {
    try {
      return client.getInputStream().read();
    } catch (SocketException reset) {
      return -1;
    }
  }

  private static Socket handshake(RunningEntry entry, String query) throws IOException {
    return send(
        entry,
        """
        GET /ws%s HTTP/1.1\r
        Host: x\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        \r
        """
            .formatted(query));
  }

  private static Socket send(RunningEntry entry, String text) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 * 1024);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), entry.port()));
    RawGateway.write(socket, text);
    return socket;
  }
}
