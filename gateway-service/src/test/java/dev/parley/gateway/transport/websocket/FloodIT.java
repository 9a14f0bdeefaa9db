package dev.parley.gateway.transport.websocket;

import static dev.parley.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A session that pauses reading gets nothing more, and its client has to wait.
@QuarkusTest
@TestProfile(WebSockets.class)
class FloodIT {
  private static final int MESSAGES = 30_000;

  @TestHTTPResource("/")
  URI server;

  @Inject TestAcceptor acceptor;
  @Inject Connections connections;

  @BeforeEach
  void forgetOthers() {
    await().until(() -> connections.count() == 0);
    acceptor.clear();
  }

  @Test
  void pausedSessionHearsNothingUntilItResumes() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      TestAcceptor.Session session = acceptor.session();
      session.echo = false;
      session.outlet.pauseReading();
      CompletableFuture.runAsync(() -> {}, session.outlet.loop()).join();
      AtomicInteger sent = new AtomicInteger();
      AtomicInteger seen = new AtomicInteger();
      CompletableFuture<Void> flood =
          CompletableFuture.runAsync(() -> {
            try {
              for (int i = 0; i < MESSAGES; i++) {
                client.text(i + " " + "x".repeat(1_000));
                sent.incrementAndGet();
              }
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      // The kernel's buffers are full when nothing more gets away.
      await()
          .during(Duration.ofSeconds(4))
          .until(() -> {
            int now = sent.get();
            return now > 0 && seen.getAndSet(now) == now;
          });
      assertTrue(sent.get() < MESSAGES, "the client was not held back");
      assertEquals(0, session.received.size());
      session.outlet.resumeReading();
      flood.join();
      await().until(() -> session.received.size() == MESSAGES);
      for (int i = 0; i < MESSAGES; i++) {
        assertTrue(new String(session.received.get(i), UTF_8).startsWith(i + " "));
      }
      assertEquals(0, session.ended.get());
    }
  }
}
