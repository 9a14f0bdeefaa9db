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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    await().atMost(Duration.ofSeconds(20)).until(() -> connections.count() == 0);
    acceptor.clear();
  }

  /// Writes one frame on the session's loop and notes how much waits then.
  private static void write(TestAcceptor.Session session, Frame frame, AtomicLong most) {
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
                  RawClient.Received frame = neighbour.next();
                  if (frame.opcode() == RawClient.TEXT) {
                    assertTrue(frame.text().startsWith(next + " "));
                    next++;
                    unread.release();
                  }
                }
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
              return next;
            });
        for (int i = 0; i < FRAMES; i++) {
          assertTrue(unread.tryAcquire(10, TimeUnit.SECONDS), "the neighbour gets nothing");
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

  /// It was reset together with all others that do not answer a close frame in time, so that it saw
  /// an end without a reason (1006) and could not know that it had to resume.
  @ParameterizedTest
  @ValueSource(ints = {4096, 256 * 1024})
  void clientThatReadsAgainWithinSecondsLearnsWhy(int receiveBuffer) throws Exception {
    try (RawClient client = RawClient.openSmall(server, receiveBuffer)) {
      TestAcceptor.Session session = acceptor.session();
      AtomicLong most = new AtomicLong();
      for (int i = 0; i < FRAMES && session.ended.get() == 0; i++) {
        write(session, Frame.of(JsonText.of(i + " " + "x".repeat(20_000))), most);
      }
      assertEquals(1, session.ended.get());
      // Longer than what others get to answer a close frame, which is 2 s here.
      await()
          .during(Duration.ofSeconds(4))
          .atMost(Duration.ofSeconds(5))
          .until(() -> connections.count() == 1);
      client.frame(RawClient.FIN | RawClient.PING); // It still speaks; that must not harm it.
      RawClient.Received frame = client.next();
      for (int i = 0; frame.opcode() != RawClient.CLOSE; frame = client.next()) {
        if (frame.opcode() == RawClient.TEXT) {
          assertTrue(frame.text().startsWith(i++ + " "));
        }
      }
      assertEquals(4408, frame.closeCode());
      assertEquals("too slow: resume", frame.closeReason());
      client.close(4408);
      assertTrue(client.ended());
    }
  }

  /// One that had vanished while we did not read from it was kept until its token ended.
  @Test
  void clientThatNeitherReadsNorIsReadFromIsClosed() throws Exception {
    try (RawClient client = RawClient.openSmall(server, 4096)) {
      TestAcceptor.Session session = acceptor.session();
      session.outlet.pauseReading();
      // The system takes more than at first for as long as it likes the connection.
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> {
            fill(session);
            return session.ended.get() == 1;
          });
      assertEquals(4408, client.untilClose().closeCode());
    }
  }

  @Test
  void clientThatIsNotReadFromStaysAsLongAsItReads() throws Exception {
    try (RawClient client = RawClient.openSmall(server, 4096)) {
      TestAcceptor.Session session = acceptor.session();
      session.outlet.pauseReading();
      fill(session);
      // For longer than a silent client is kept, which is 3 s here.
      await()
          .pollInterval(Duration.ofMillis(500))
          .during(Duration.ofSeconds(6))
          .atMost(Duration.ofSeconds(8))
          .until(() -> {
            for (int i = 0; i < 20; i++) {
              client.next();
            }
            fill(session);
            return session.ended.get() == 0;
          });
    }
  }

  // As far as it is allowed.
  private static void fill(TestAcceptor.Session session) {
    AtomicLong most = new AtomicLong();
    Frame frame = Frame.of(JsonText.of("x".repeat(40_000)));
    while (session.ended.get() == 0 && session.outlet.queuedBytes() < BOUND - 100_000) {
      write(session, frame, most);
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
  void clientThatNeverReadsIsCutAndItsMemoryFreed() throws Exception {
    try (RawClient client = RawClient.openSmall(server, 4096)) {
      TestAcceptor.Session session = acceptor.session();
      Frame frame = Frame.of(JsonText.of("x".repeat(5_000)));
      AtomicLong most = new AtomicLong();
      for (int i = 0; i < FRAMES; i++) {
        write(session, frame, most);
      }
      assertEquals(1, session.ended.get());
      await().atMost(Duration.ofSeconds(20)).until(() -> connections.count() == 0);
      CompletableFuture<Long> queued =
          CompletableFuture.supplyAsync(session.outlet::queuedBytes, session.outlet.loop());
      assertEquals(0, queued.join());
      assertEquals(101, client.status);
    }
  }

  @Test
  void pingsOfAClientThatNeverReadsAreBounded() throws Exception {
    try (RawClient client = RawClient.openSmall(server, 4096)) {
      TestAcceptor.Session session = acceptor.session();
      byte[] ping = RawClient.encode(RawClient.FIN | RawClient.PING, new byte[125]);
      CompletableFuture<Void> flood =
          CompletableFuture.runAsync(() -> {
            try {
              while (true) {
                client.send(ping);
              }
            } catch (java.io.IOException e) {
              // Cut, as it should be.
            }
          });
      flood.join();
      await().atMost(Duration.ofSeconds(20)).until(() -> connections.count() == 0);
      assertEquals(1, session.ended.get());
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
      for (int i = 0; i < FRAMES; ) {
        RawClient.Received next = client.next();
        if (next.opcode() == RawClient.TEXT) {
          assertEquals(5_000, next.payload().remaining());
          i++;
        }
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
