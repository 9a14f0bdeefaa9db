package dev.parley.presence.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.routing.SlotAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AbsencesTest {
  private static final SlotAddress GATEWAY = new SlotAddress(3, "1-a");
  private static final Map<Integer, String> HELD = Map.of(3, "1-a");
  private static final Map<Integer, String> FREE = Map.of();

  private final Absences absences =
      new Absences(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(1));

  @Test
  void gatewayIsGoneAGraceTimeAfterItsLeaseWasLastSeen() {
    assertEquals(Map.of(), look(HELD, 0));
    for (int second = 1; second < 5; second++) {
      assertEquals(Map.of(), look(FREE, second));
    }
    assertEquals(Map.of(GATEWAY, 0L), look(FREE, 5));
  }

  @Test
  void slotHeldByAnotherIncarnationIsAsGoodAsFree() {
    look(HELD, 0);
    for (int second = 1; second < 5; second++) {
      look(Map.of(3, "2-b"), second);
    }
    assertEquals(Map.of(GATEWAY, 0L), look(Map.of(3, "2-b"), 5));
  }

  @Test
  void leaseThatComesBackInTimeCountsAnew() {
    look(HELD, 0);
    look(FREE, 1);
    look(HELD, 2);
    for (int second = 3; second < 7; second++) {
      assertEquals(Map.of(), look(FREE, second));
    }
    assertEquals(Map.of(GATEWAY, 2000L), look(FREE, 7));
  }

  @Test
  void leaseWhoseEndWasNotSeenGetsAWholeLeaseMore() {
    for (int second = 0; second < 15; second++) {
      assertEquals(Map.of(), look(FREE, second));
    }
    assertEquals(Map.of(GATEWAY, 0L), look(FREE, 15));
  }

  @Test
  void timeInWhichNothingWasSeenDoesNotCount() {
    look(HELD, 0);
    look(FREE, 1);
    assertEquals(Map.of(), look(FREE, 100));
    assertEquals(Map.of(), look(FREE, 101));
  }

  private Map<SlotAddress, Long> look(Map<Integer, String> holders, int second) {
    return absences.look(
        holders, Set.of(GATEWAY), Duration.ofSeconds(second).toNanos(), second * 1000L);
  }
}
