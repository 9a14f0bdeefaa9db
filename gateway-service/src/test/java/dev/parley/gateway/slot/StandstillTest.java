package dev.parley.gateway.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandstillTest {
  private static final Duration LEASE = Duration.ofSeconds(10);

  private long now = Long.MAX_VALUE - LEASE.toNanos();
  private final Standstill standstill = new Standstill(LEASE, () -> now);

  @Test
  void longerThanTheLeaseIsTooLongUntilTheNextBeat() {
    now += LEASE.toNanos();
    assertFalse(standstill.tooLong());
    now++;
    assertTrue(standstill.tooLong());
    assertEquals(LEASE.plusNanos(1), standstill.since());
    standstill.beat();
    assertFalse(standstill.tooLong());
  }
}
