package dev.parley.gateway.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UpgradeRateTest {
  private static final long SECOND = 1_000_000_000;

  private static int passed(UpgradeRate rate, long now, int tries) {
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      passed += rate.tryPass(now) ? 1 : 0;
    }
    return passed;
  }

  @Test
  void oneSecondsWorthPassesAtOnce() {
    long start = Long.MAX_VALUE - 10; // A monotonic clock may begin anywhere and wrap.
    UpgradeRate rate = new UpgradeRate(100, start);
    assertEquals(100, passed(rate, start, 1_000));
    assertFalse(rate.tryPass(start + SECOND / 100 - 1));
    assertTrue(rate.tryPass(start + SECOND / 100));
  }

  @Test
  void steadyRateIsWhatWasAskedFor() {
    UpgradeRate rate = new UpgradeRate(100, 0);
    int passed = passed(rate, 0, 1_000);
    for (long now = 0; now < 10 * SECOND; now += SECOND / 1_000) {
      passed += passed(rate, now, 5);
    }
    assertEquals(1_100, passed, 1.0);
  }

  @Test
  void restIsNotSavedUp() {
    UpgradeRate rate = new UpgradeRate(100, 0);
    assertEquals(100, passed(rate, 3_600 * SECOND, 1_000));
  }
}
