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
  void gatewayIsGoneBeforeAGraceTimeHasPassedSinceItsLeaseEnded() {
    // It may have ended right after this look; one more look and it would be a ghost.
    assertEquals(Map.of(), look(HELD, 0));
    for (int second = 1; second < 4; second++) {
      assertEquals(Map.of(), look(FREE, second));
    }
    assertEquals(Map.of(GATEWAY, 0L), look(FREE, 4));
  }

  @Test
  void slotHeldByAnotherIncarnationIsAsGoodAsFree() {
    look(HELD, 0);
    for (int second = 1; second < 4; second++) {
      assertEquals(Map.of(), look(Map.of(3, "2-b"), second));
    }
    assertEquals(Map.of(GATEWAY, 0L), look(Map.of(3, "2-b"), 4));
  }

  @Test
  void leaseThatComesBackInTimeCountsAnew() {
    look(HELD, 0);
    look(FREE, 1);
    look(HELD, 2);
    for (int second = 3; second < 6; second++) {
      assertEquals(Map.of(), look(FREE, second));
    }
    assertEquals(Map.of(GATEWAY, 2000L), look(FREE, 6));
  }

  @Test
  void leaseWhoseEndWasNotSeenGetsAWholeLeaseMore() {
    for (int second = 0; second < 14; second++) {
      assertEquals(Map.of(), look(FREE, second));
    }
    assertEquals(Map.of(GATEWAY, 0L), look(FREE, 14));
  }

  @Test
  void timeInWhichThisInstanceStoodStillDoesNotCount() {
    look(HELD, 0);
    look(FREE, 1);
    for (int second = 100; second < 104; second++) {
      assertEquals(Map.of(), look(FREE, second));
    }
    // Not a whole lease more: its end was in sight, and a busy machine must not keep ghosts.
    assertEquals(Map.of(GATEWAY, 0L), look(FREE, 104));
  }

  @Test
  void timeInWhichRedisWasAwayIsFollowedByAWholeLease() {
    look(HELD, 0);
    absences.interrupted();
    for (int second = 1; second < 15; second++) {
      assertEquals(Map.of(), look(FREE, second));
    }
    assertEquals(Map.of(GATEWAY, 1000L), look(FREE, 15));
  }

  private Map<SlotAddress, Long> look(Map<Integer, String> holders, int second) {
    return absences.look(
        holders, Set.of(GATEWAY), Duration.ofSeconds(second).toNanos(), second * 1000L);
  }
}
