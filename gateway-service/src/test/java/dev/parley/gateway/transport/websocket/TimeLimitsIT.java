package dev.parley.gateway.transport.websocket;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.transport.Frame;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long a client is waited for that does not read, or does not answer a close frame. Whoever is
/// to be waited for is compared with one who is not, rather than with a clock.
@QuarkusTest
@TestProfile(Brisk.class)
class TimeLimitsIT {
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

  /// It was reset together with all others that do not answer a close frame in time, so that it saw
  /// an end without a reason (1006) and could not know that it had to resume.
  @ParameterizedTest
  @ValueSource(ints = {4096, 256 * 1024})
  void clientThatReadsAgainWithinSecondsLearnsWhy(int receiveBuffer) throws Exception {
    try (RawClient client = RawClient.openSmall(server, receiveBuffer)) {
      TestAcceptor.Session session = acceptor.session();
      AtomicLong most = new AtomicLong();
      for (int i = 0; i < FRAMES && session.ended.get() == 0; i++) {
        SlowReaderIT.write(session, Frame.of(JsonText.of(i + " " + "x".repeat(20_000))), most);
      }
      assertEquals(1, session.ended.get());
      outlastOneThatDoesNotAnswerACloseFrame();
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

  private void outlastOneThatDoesNotAnswerACloseFrame() throws Exception {
    int before = connections.count();
    try (RawClient other = RawClient.open(server)) {
      acceptor.session().outlet.close(CloseCode.INTERNAL, "");
      assertEquals(1011, other.untilClose().closeCode());
      assertTrue(other.ended());
    }
    // Its loop may beat a little later.
    await().during(Duration.ofSeconds(1)).until(() -> connections.count() == before);
  }

  @Test
  void clientThatDoesNotAnswerACloseIsCutAfterAWhile() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      TestAcceptor.Session session = acceptor.session();
      session.outlet.close(CloseCode.INTERNAL, "");
      assertEquals(1011, client.next().closeCode());
      assertTrue(client.ended());
      await().until(() -> session.ended.get() > 0 && connections.count() == 0);
      assertEquals(1, session.ended.get());
    }
  }

  /// One that had vanished while we did not read from it was kept until its token ended.
  @Test
  void clientThatIsNotReadFromStaysAsLongAsItReadsOrIsOwedNothing() throws Exception {
    try (RawClient owedNothing = RawClient.open(server)) {
      TestAcceptor.Session staysToo = acceptor.session();
      staysToo.outlet.pauseReading();
      assertEquals(101, owedNothing.status);
      oneThatReadsStaysLongerThanOneThatDoesNot();
      assertEquals(0, staysToo.ended.get());
    }
  }

  private void oneThatReadsStaysLongerThanOneThatDoesNot() throws Exception {
    try (RawClient reading = RawClient.openSmall(server, 4096)) {
      TestAcceptor.Session stays = acceptor.session();
      stays.outlet.pauseReading();
      fill(stays);
      try (RawClient vanished = RawClient.openSmall(server, 4096)) {
        TestAcceptor.Session goes = acceptor.session();
        goes.outlet.pauseReading();
        // The system takes more than at first for as long as it likes the connection.
        await()
            .pollInterval(Duration.ofMillis(500))
            .until(() -> {
              readSome(reading, stays);
              fill(goes);
              return goes.ended.get() == 1;
            });
        // Its loop may beat a little later.
        await()
            .during(Duration.ofSeconds(1))
            .until(() -> {
              readSome(reading, stays);
              return true;
            });
        assertEquals(0, stays.ended.get());
        assertEquals(4408, vanished.untilClose().closeCode());
      }
    }
  }

  private static void readSome(RawClient client, TestAcceptor.Session session) throws Exception {
    for (int i = 0; i < 20; i++) {
      assertEquals(RawClient.TEXT, client.next().opcode());
    }
    fill(session);
  }

  // As far as it is allowed.
  private static void fill(TestAcceptor.Session session) {
    AtomicLong most = new AtomicLong();
    Frame frame = Frame.of(JsonText.of("x".repeat(40_000)));
    while (session.ended.get() == 0 && session.outlet.queuedBytes() < BOUND - 100_000) {
      SlowReaderIT.write(session, frame, most);
    }
  }

  @Test
  void clientsThatNeverReadAreCutAndTheirMemoryIsFreed() throws Exception {
    try (RawClient client = RawClient.openSmall(server, 4096)) {
      TestAcceptor.Session session = acceptor.session();
      Frame frame = Frame.of(JsonText.of("x".repeat(5_000)));
      AtomicLong most = new AtomicLong();
      for (int i = 0; i < FRAMES; i++) {
        SlowReaderIT.write(session, frame, most);
      }
      assertEquals(1, session.ended.get());
      assertEquals(101, client.status);
      floodWithPingsUntilCut();
      await().until(() -> connections.count() == 0);
      CompletableFuture<Long> queued =
          CompletableFuture.supplyAsync(session.outlet::queuedBytes, session.outlet.loop());
      assertEquals(0, queued.join());
      assertEquals(1, session.ended.get());
    }
  }

  private void floodWithPingsUntilCut() throws IOException {
    try (RawClient client = RawClient.openSmall(server, 4096)) {
      TestAcceptor.Session session = acceptor.session();
      byte[] ping = RawClient.encode(RawClient.FIN | RawClient.PING, new byte[125]);
      assertThrows(
          IOException.class,
          () -> {
            while (true) {
              client.send(ping);
            }
          });
      assertEquals(1, session.ended.get());
    }
  }
}
