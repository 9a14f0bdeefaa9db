package dev.parley.gateway.transport.websocket;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.ResourceLeakDetector;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Bytes as [FrameMutator] makes them, to the production pipeline over real sockets: each stream
/// ends as [FrameJudge] says, and leaves nothing behind, neither in memory nor in the log.
@QuarkusTest
@TestProfile(WebSockets.class)
class FrameFuzzIT {
  private static final int STREAMS = 6_000;
  private static final int HANDSHAKES = 1_500;
  private static final int WORKERS = 4;

  /// What a handshake may be answered with; never that we failed. 501 and 505 speak of the version
  /// of HTTP.
  private static final Set<Integer> ANSWERS =
      Set.of(101, 400, 403, 404, 405, 413, 414, 417, 426, 431, 501, 505);

  @TestHTTPResource("/")
  URI server;

  @Inject Connections connections;
  @Inject TestAcceptor acceptor;

  @Test
  void everyStreamEndsAsRfc6455Says() throws Exception {
    Fuzz fuzz = Fuzz.begin("frames");
    quietly(
        Fuzz.inputs(STREAMS), i -> stream(fuzz.input(i), "stream " + i + " of seed " + fuzz.seed));
  }

  @Test
  void noHandshakeIsOurFailure() throws Exception {
    Fuzz fuzz = Fuzz.begin("handshakes");
    quietly(
        Fuzz.inputs(HANDSHAKES),
        i -> handshake(fuzz.input(i), "handshake " + i + " of seed " + fuzz.seed));
  }

  private interface Trial {
    void run(int number) throws Exception;
  }

  private void quietly(int trials, Trial trial) throws Exception {
    ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    try (Complaints complaints = new Complaints();
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicInteger next = new AtomicInteger();
      Callable<Void> worker =
          () -> {
            for (int i; (i = next.getAndIncrement()) < trials; ) {
              trial.run(i);
            }
            return null;
          };
      for (Future<Void> done :
          workers.invokeAll(IntStream.range(0, WORKERS).mapToObj(i -> worker).toList())) {
        done.get();
      }
      await().until(() -> connections.count() == 0);
      acceptor.clear();
      System.gc(); // Lets the leak detector see what nobody released.
      assertEquals(List.of(), complaints.heard());
    } finally {
      ResourceLeakDetector.setLevel(level);
    }
  }

  private void stream(Fuzz fuzz, String what) throws Exception {
    byte[] stream = new FrameMutator(fuzz).stream();
    FrameJudge judge = FrameJudge.of(stream);
    String all = what + ": " + HexFormat.of().formatHex(stream, 0, Math.min(stream.length, 2_000));
    try (RawClient client = RawClient.open(server)) {
      try {
        client.send(stream);
        if (judge.close.isEmpty() && !judge.incomplete) {
          client.close(1000);
          judge.close = Set.of(1000);
        } else if (judge.incomplete) {
          client.shutdownOutput();
        }
      } catch (SocketException e) {
        // It was closed before all was sent: what it says stands in the answers.
      }
      List<String> texts = new ArrayList<>();
      List<String> pongs = new ArrayList<>();
      int code = answers(client, texts, pongs);
      if (judge.incomplete && code < 0) {
        // The end of the stream came first: nobody is there to be answered.
        assertTrue(starts(judge.texts, texts) && starts(judge.pings, pongs), all);
        return;
      }
      assertTrue(
          judge.close.contains(code), all + "\nexpected " + judge.close + " but was " + code);
      assertEquals(judge.texts, texts, all);
      assertEquals(judge.pings, pongs, all);
    }
  }

  /// @return the code of the close frame, -1 if there was none
  private static int answers(RawClient client, List<String> texts, List<String> pongs)
      throws IOException {
    try {
      while (true) {
        RawClient.Received frame = client.any();
        switch (frame.head()) {
          case RawClient.FIN | RawClient.TEXT -> texts.add(frame.text());
          case RawClient.FIN | RawClient.PONG -> {
            byte[] payload = new byte[frame.payload().remaining()];
            frame.payload().get(payload);
            pongs.add(HexFormat.of().formatHex(payload));
          }
          case RawClient.FIN | RawClient.CLOSE -> {
            return frame.closeCode();
          }
          case RawClient.FIN | RawClient.PING -> {}
          default -> throw new AssertionError("head " + frame.head());
        }
      }
    } catch (EOFException | SocketException e) {
      return -1;
    }
  }

  private static boolean starts(List<String> all, List<String> some) {
    return some.size() <= all.size() && all.subList(0, some.size()).equals(some);
  }

  private void handshake(Fuzz fuzz, String what) throws Exception {
    String request = new HandshakeMutator(fuzz, server.getAuthority()).request();
    try (RawClient client = RawClient.request(server, request, 700)) {
      assertTrue(ANSWERS.contains(client.status), what + ": " + client.status + "\n" + request);
    } catch (EOFException | SocketException | SocketTimeoutException e) {
      // Closed without an answer, since it was no HTTP; or it is not complete as it stands.
    }
  }
}
