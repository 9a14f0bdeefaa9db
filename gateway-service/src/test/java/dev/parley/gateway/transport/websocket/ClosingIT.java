package dev.parley.gateway.transport.websocket;

import static dev.parley.gateway.transport.websocket.RawClient.CLOSE;
import static dev.parley.gateway.transport.websocket.RawClient.FIN;
import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.CloseCode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WebSockets.class)
class ClosingIT {
  @TestHTTPResource("/")
  URI server;

  @Inject TestAcceptor acceptor;
  @Inject Connections connections;

  @BeforeEach
  void forgetOthers() {
    await().until(() -> connections.count() == 0);
    acceptor.clear();
  }

  private void endedOnce(TestAcceptor.Session session) {
    await().until(() -> session.ended.get() > 0 && connections.count() == 0);
    assertEquals(1, session.ended.get());
  }

  @Test
  void clientsCodeIsAnswered() throws Exception {
    for (int code : List.of(1000, 1001, 1003, 1007, 1011, 1012, 1014, 3000, 3999, 4000, 4999)) {
      try (RawClient client = RawClient.open(server)) {
        TestAcceptor.Session session = acceptor.session();
        client.close(code);
        assertEquals(code, client.next().closeCode());
        assertTrue(client.ended());
        endedOnce(session);
      }
    }
  }

  @Test
  void closeWithoutCodeIsAnsweredWithoutCode() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      client.frame(FIN | CLOSE);
      assertEquals(1005, client.next().closeCode());
      assertTrue(client.ended());
    }
  }

  @Test
  void nothingIsDeliveredAfterAClose() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      TestAcceptor.Session session = acceptor.session();
      client.close(1000);
      client.text("late");
      assertEquals(1000, client.next().closeCode());
      endedOnce(session);
      assertTrue(session.received.isEmpty());
    }
  }

  @Test
  void queuedFramesLeaveBeforeTheCloseFrame() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      TestAcceptor.Session session = acceptor.session();
      for (int i = 0; i < 200; i++) {
        session.write("frame " + i);
      }
      session.outlet.close(CloseCode.REVOKED, "logged out");
      session.write("late");
      for (int i = 0; i < 200; i++) {
        assertEquals("frame " + i, client.next().text());
      }
      RawClient.Received close = client.next();
      assertEquals(4403, close.closeCode());
      assertEquals("logged out", close.closeReason());
      client.close(4403);
      assertTrue(client.ended());
      endedOnce(session);
    }
  }

  @Test
  void closingFromManyThreadsClosesOnce() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      TestAcceptor.Session session = acceptor.session();
      List<Thread> threads =
          java.util.stream.IntStream.range(0, 20)
              .mapToObj(i ->
                  Thread.ofVirtual()
                      .start(() -> session.outlet.close(CloseCode.TOO_MANY, "thread " + i)))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(4429, client.next().closeCode());
      client.close(4429);
      assertTrue(client.ended());
      endedOnce(session);
    }
  }

  @Test
  void endOfTcpEndsTheSessionOnce() throws Exception {
    RawClient client = RawClient.open(server);
    TestAcceptor.Session session = acceptor.session();
    client.close();
    endedOnce(session);
  }

  @Test
  void resetWhileWritingEndsTheSessionOnce() throws Exception {
    RawClient client = RawClient.open(server);
    TestAcceptor.Session session = acceptor.session();
    for (int i = 0; i < 50; i++) {
      session.write("x".repeat(10_000));
    }
    client.reset();
    for (int i = 0; i < 50; i++) {
      session.write("x".repeat(10_000));
    }
    endedOnce(session);
  }

  @Test
  void failureOfASessionIsInternal() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      TestAcceptor.Session session = acceptor.session();
      session.ended.incrementAndGet(); // Makes the test's session fail at its next message.
      client.text("bang");
      RawClient.Received close = client.next();
      assertEquals(1011, close.closeCode());
      assertEquals("internal error", close.closeReason());
    }
  }

  @Test
  void javasOwnClientConversesAndCloses() throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            heard.complete(data.toString());
            socket.request(1); // Else it never sees the answer to its close frame.
            return null;
          }
        };
    try (HttpClient http = HttpClient.newHttpClient()) {
      WebSocket socket =
          http.newWebSocketBuilder()
              .subprotocols("parley.v1.json")
              .buildAsync(URI.create("ws://" + server.getAuthority() + "/ws"), listener)
              .get(60, TimeUnit.SECONDS);
      assertEquals("parley.v1.json", socket.getSubprotocol());
      TestAcceptor.Session session = acceptor.session();
      socket.sendText("hello", true).get(60, TimeUnit.SECONDS);
      assertEquals("hello", heard.get(60, TimeUnit.SECONDS));
      socket.sendClose(1000, "bye").get(60, TimeUnit.SECONDS);
      endedOnce(session);
    }
  }
}
