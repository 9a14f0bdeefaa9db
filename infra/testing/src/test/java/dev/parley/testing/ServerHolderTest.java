package dev.parley.testing;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerHolderTest {
  private final Fake containers = new Fake();
  private final Fake processes = new Fake();

  @Test
  void containersAreTakenWhereTheyStart() throws Exception {
    assertSame(
        containers, ServerHolder.inTime(() -> containers, Duration.ofSeconds(10), () -> processes));
  }

  @Test
  void processesAreTakenWhereContainersDoNotStart() throws Exception {
    assertSame(
        processes,
        ServerHolder.inTime(
            () -> {
              throw new IllegalStateException("no such image");
            },
            Duration.ofSeconds(10),
            () -> processes));
  }

  /// An engine that could fetch no image kept every test of the build waiting until it failed.
  @Test
  void containersThatTakeTooLongAreNotWaitedForAndEndOnceTheyAreThere() throws Exception {
    CountDownLatch fetched = new CountDownLatch(1);
    assertSame(
        processes,
        ServerHolder.inTime(
            () -> {
              awaited(fetched);
              return containers;
            },
            Duration.ofMillis(10),
            () -> processes));
    fetched.countDown();
    assertTrue(awaited(containers.closed));
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Fake implements RunningServers {
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public Addresses addresses() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
