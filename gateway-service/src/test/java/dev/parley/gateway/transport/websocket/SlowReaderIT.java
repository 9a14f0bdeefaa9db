package dev.parley.gateway.transport.websocket;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.transport.Frame;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who reads too slowly costs a bounded number of bytes and is then told to resume.
@QuarkusTest
@TestProfile(WebSockets.class)
class SlowReaderIT {
  private static final long BOUND = 1024 * 1024;
  private static final int FRAMES = 2_000;

  @TestHTTPResource("/")
  URI server;

  @Inject TestAcceptor acceptor;
  @Inject Connections connections;

  @BeforeEach
  void forgetOthers() {
    await().until(() -> connections.count() == 0);
    acceptor.clear();
  }

  /// Writes one frame on the session's loop and notes how much waits then.
  static void write(TestAcceptor.Session session, Frame frame, AtomicLong most) {
    CompletableFuture.runAsync(
            () -> {
              session.outlet.write(frame);
              most.accumulateAndGet(session.outlet.queuedBytes(), Math::max);
            },
            session.outlet.loop())
        .join();
  }

  @Test
  void slowReaderIsDisconnectedAndItsNeighbourMissesNothing() throws Exception {
    try (RawClient slow = RawClient.openSmall(server, 4096)) {
      TestAcceptor.Session slowSession = acceptor.session();
      try (RawClient neighbour = RawClient.open(server)) {
        TestAcceptor.Session session = acceptor.session();
        AtomicLong most = new AtomicLong();
        // It reads all the time, but on a busy machine maybe not as fast as we could write.
        Semaphore unread = new Semaphore(100);
        CompletableFuture<Integer> reading =
            CompletableFuture.supplyAsync(() -> {
              int next = 0;
              try {
                while (next < FRAMES) {
                  assertTrue(neighbour.next().text().startsWith(next + " "));
                  next++;
                  unread.release();
                }
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
              return next;
            });
        for (int i = 0; i < FRAMES; i++) {
          assertTrue(unread.tryAcquire(60, TimeUnit.SECONDS), "the neighbour gets nothing");
          Frame frame = Frame.of(JsonText.of(i + " " + "x".repeat(5_000)));
          write(slowSession, frame, most);
          write(session, frame, most);
        }
        assertEquals(FRAMES, reading.join());
        assertEquals(1, slowSession.ended.get());
        assertEquals(0, session.ended.get());
        assertTrue(most.get() > BOUND / 2 && most.get() <= BOUND + 1024, "queued " + most);
      }
      assertEquals(4408, slow.untilClose().closeCode());
    }
  }

  /// What waited for room ran while the frame that made the room was still in hand, and overtook
  /// it: an event of a conversation came after its `unsubscribed`.
  @Test
  void whatWaitsForRoomDoesNotOvertakeTheFrameThatMadeIt() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      TestAcceptor.Session session = acceptor.session();
      CompletableFuture.runAsync(
              () -> {
                session.outlet.write(Frame.of(JsonText.of("1 " + "x".repeat(300 * 1024))));
                session.outlet.whenDrained(
                    () -> session.outlet.write(Frame.of(JsonText.of("3 waited"))));
                // More than may wait, together with the first: the socket is written to at once.
                session.outlet.write(Frame.of(JsonText.of("2 " + "x".repeat(760 * 1024))));
              },
              session.outlet.loop())
          .join();
      for (int i = 1; i <= 3; i++) {
        RawClient.Received frame = client.next();
        assertTrue(frame.text().startsWith(i + " "), i + " is " + frame.text().substring(0, 2));
      }
    }
  }

  @Test
  void burstInOneTurnIsNotSlowness() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      TestAcceptor.Session session = acceptor.session();
      CompletableFuture<Void> reading =
          CompletableFuture.runAsync(() -> {
            try {
              for (int i = 0; i < 300; i++) {
                assertEquals(5_000, client.next().payload().remaining());
              }
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      Frame frame = Frame.of(JsonText.of("x".repeat(5_000)));
      session
          .outlet
          .loop()
          .execute(() -> {
            for (int i = 0; i < 300; i++) {
              session.outlet.write(frame);
            }
          });
      reading.join();
      assertEquals(0, session.ended.get());
    }
  }

  @Test
  void catchUpPacedByTheQueueIsNeverTooSlow() throws Exception {
    try (RawClient client = RawClient.openSmall(server, 4096)) {
      TestAcceptor.Session session = acceptor.session();
      Frame frame = Frame.of(JsonText.of("x".repeat(5_000)));
      AtomicLong left = new AtomicLong(FRAMES);
      Runnable catchUp =
          new Runnable() {
            @Override
            public void run() {
              session.outlet.write(frame);
              if (left.decrementAndGet() > 0) {
                session.outlet.whenDrained(this);
              }
            }
          };
      session.outlet.whenDrained(catchUp);
      for (int i = 0; i < FRAMES; i++) {
        assertEquals(5_000, client.next().payload().remaining());
      }
      assertEquals(0, session.ended.get());
    }
  }

  @Test
  void oneReplyAsLargeAsTheBoundIsNoOverflow() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      TestAcceptor.Session session = acceptor.session();
      session.write("small");
      session.write("x".repeat((int) BOUND));
      assertEquals("small", client.next().text());
      assertEquals(BOUND, client.next().payload().remaining());
    }
  }
}
