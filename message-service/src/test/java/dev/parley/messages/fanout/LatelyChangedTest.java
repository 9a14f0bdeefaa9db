package dev.parley.messages.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LatelyChangedTest {
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);

  private final LatelyChanged lately = new LatelyChanged();

  private void distributed(UUID conversation, long seq, long second) {
    lately.distributed(conversation, seq, Duration.ofSeconds(second).toNanos());
  }

  private Map<UUID, Long> due(long second) {
    return lately.due(Duration.ofSeconds(second).toNanos());
  }

  @Test
  void nothingChangedIsNothingTold() {
    assertEquals(Map.of(), due(0));
  }

  @Test
  void aHeadIsToldAtOnceAndTwiceMoreWithinAMinute() {
    distributed(ONE, 7, 0);
    assertEquals(Map.of(ONE, 7L), due(3));
    assertEquals(Map.of(), due(6));
    assertEquals(Map.of(ONE, 7L), due(12));
    assertEquals(Map.of(), due(15));
    assertEquals(Map.of(ONE, 7L), due(60));
    assertEquals(Map.of(), due(120));
  }

  @Test
  void whatChangesAgainBeginsAnew() {
    distributed(ONE, 7, 0);
    assertEquals(Map.of(ONE, 7L), due(3));
    distributed(ONE, 8, 4);
    distributed(TWO, 1, 4);
    assertEquals(Map.of(ONE, 8L, TWO, 1L), due(6));
    assertEquals(Map.of(), due(10));
    assertEquals(Map.of(ONE, 8L, TWO, 1L), due(14));
  }

  @Test
  void whatIsDistributedAgainIsNoNews() {
    distributed(ONE, 8, 0);
    distributed(ONE, 7, 1);
    assertEquals(Map.of(ONE, 8L), due(3));
    distributed(ONE, 8, 4);
    assertEquals(Map.of(), due(6));
  }

  @Test
  void aBeatThatComesLateTellsOnce() {
    distributed(ONE, 7, 0);
    assertEquals(Map.of(ONE, 7L), due(90));
    assertEquals(Map.of(), due(93));
  }
}
