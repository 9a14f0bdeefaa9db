package dev.parley.gateway.transport.websocket;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.gateway.protocol.StubServices;
import dev.parley.testing.ParleyBackends;
import dev.parley.testing.TokenIssuer;
import io.netty.util.ResourceLeakDetector;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Messages as [CommandMutator] makes them, to production's sessions over real sockets: each ends
/// as [CommandJudge] says, and leaves nothing behind, neither in memory nor in the log.
@QuarkusTest
@TestProfile(FuzzProfile.class)
@QuarkusTestResource(ParleyBackends.class)
@QuarkusTestResource(value = StubServices.class, restrictToAnnotatedClass = true)
class CommandFuzzIT {
  private static final int MESSAGES = 8_000;
  private static final int WORKERS = 8;
  private static final long MOST_GROWTH = 48L * 1024 * 1024;

  @TestHTTPResource("/")
  URI server;

  @Inject Connections connections;

  private final TokenIssuer issuer = TokenIssuer.shared();

  @Test
  void everyMessageEndsInAReplyAnErrorACloseOrPromisedSilence() throws Exception {
    Fuzz fuzz = Fuzz.begin("sessions with commands");
    await().atMost(Duration.ofSeconds(60)).until(() -> FuzzedSession.opens(server, issuer));
    ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    try (Complaints complaints = new Complaints()) {
      run(fuzz, 0, Fuzz.inputs(MESSAGES) / 4);
      long before = usedHeap();
      run(fuzz, Fuzz.inputs(MESSAGES) / 4, Fuzz.inputs(MESSAGES));
      await().until(() -> connections.count() == 0);
      // Others in this process have garbage too, and one collection does not get all of it.
      await("the heap to grow by less than " + MOST_GROWTH)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> usedHeap() - before, growth -> growth < MOST_GROWTH);
      assertEquals(List.of(), complaints.heard());
    } finally {
      ResourceLeakDetector.setLevel(level);
    }
  }

  private void run(Fuzz fuzz, int from, int to) throws Exception {
    AtomicInteger next = new AtomicInteger(from);
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Void> worker =
          () -> {
            for (int first; (first = next.getAndAdd(100)) < to; ) {
              work(fuzz, first, Math.min(to, first + 100));
            }
            return null;
          };
      for (Future<Void> done :
          workers.invokeAll(IntStream.range(0, WORKERS).mapToObj(i -> worker).toList())) {
        done.get();
      }
    }
  }

  private void work(Fuzz fuzz, int from, int to) throws Exception {
    FuzzedSession session = FuzzedSession.open(server, issuer);
    try {
      for (int i = from; i < to; i++) {
        byte[] message = message(fuzz.input(i), i);
        if (!session.says(message, "input " + i + " of seed " + fuzz.seed)) {
          session = FuzzedSession.open(server, issuer);
        }
      }
      session.settles("inputs " + from + " to " + to + " of seed " + fuzz.seed);
    } finally {
      session.close();
    }
  }

  /// One to three lines.
  private static byte[] message(Fuzz fuzz, long number) {
    byte[] message = new CommandMutator(fuzz, number * 10 + 10).line();
    for (int more = fuzz.below(6) - 3; more > 0; more--) {
      byte[] line = new CommandMutator(fuzz, number * 10 + 10 + more).line();
      byte[] both = java.util.Arrays.copyOf(message, message.length + 1 + line.length);
      both[message.length] = '\n';
      System.arraycopy(line, 0, both, message.length + 1, line.length);
      message = both;
    }
    return message;
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
