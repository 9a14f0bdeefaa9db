package dev.parley.gateway.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void whoComesWhileFewDoWaitsForNothing() {
    Pace pace = new Pace(0);
    long perSecond = (long) (Pace.PER_SECOND * Pace.FULL);
    for (long i = 0; i < 1_000; i++) {
      assertEquals(0, pace.delay(i * SECOND / perSecond));
      pace.went(i * SECOND / perSecond, 1);
    }
  }

  @Test
  void batchesFollowTheTimeThatAStormTakes() {
    assertTrue(batches(3) <= Pace.MOST + 3 * Pace.PER_SECOND + 1, batches(3) + " in 3 s");
    assertTrue(batches(20) <= Pace.MOST + 20 * Pace.PER_SECOND + 1, batches(20) + " in 20 s");
  }

  @Test
  void aBatchNeverWaitsLong() {
    Pace pace = new Pace(0);
    long now = 0;
    for (int i = 0; i < 1000; i++) {
      long delay = pace.delay(now);
      assertTrue(delay <= SECOND / 3 + 1, delay + " ns");
      now += delay;
      pace.went(now, 1_000);
    }
  }

  private static int batches(int seconds) {
    Pace pace = new Pace(0);
    int batches = 0;
    long now = 0;
    while (now < seconds * SECOND) {
      now += pace.delay(now);
      pace.went(now, 1_000);
      batches++;
    }
    return batches;
  }
}
