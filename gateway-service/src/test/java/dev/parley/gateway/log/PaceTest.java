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
    long apart = Pace.BEAT.toNanos();
    for (long i = 0; i < 1_000; i++) {
      assertEquals(0, pace.delay(i * apart));
      pace.went(i * apart, 1);
    }
  }

  @Test
  void whoComesWhileSomeDoWaitsForOneBeat() {
    assertShort(50, 20);
  }

  /// A gateway that is started again lets its sessions go within 2 s.
  @Test
  void sessionsOfAGatewayThatIsStartedAgainWaitForOneBeat() {
    assertShort(120, 2);
  }

  private static void assertShort(int perSecond, int seconds) {
    Pace pace = new Pace(0);
    long asked = 0;
    for (long now = 0; now < seconds * SECOND; ) {
      long delay = pace.delay(now);
      assertTrue(delay <= Pace.BEAT.toNanos(), delay + " ns");
      now = Math.max(now + delay, asked * SECOND / perSecond);
      int some = (int) (now * perSecond / SECOND - asked) + 1;
      pace.went(now, some);
      asked += some;
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
