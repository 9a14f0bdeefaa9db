package dev.parley.messages.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.json.JsonText;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LatelyChangedTest {
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);
  private static final UUID ADA = new UUID(1, 1);

  private final LatelyChanged lately = new LatelyChanged();

  private void distributed(UUID conversation, long seq, long second) {
    distributed("message", null, conversation, seq, second);
  }

  private void distributed(
      String kind, @Nullable UUID member, UUID conversation, long seq, long second) {
    lately.distributed(
        new Delivery.Event(conversation, seq, 0, kind, ADA, member, null, null, JsonText.of("{}")),
        Duration.ofSeconds(second).toNanos());
  }

  private Map<LatelyChanged.Subject, Long> due(long second) {
    return lately.due(Duration.ofSeconds(second).toNanos());
  }

  private static LatelyChanged.Subject head(UUID conversation) {
    return new LatelyChanged.Subject(conversation, null);
  }

  @Test
  void nothingChangedIsNothingTold() {
    assertEquals(Map.of(), due(0));
  }

  @Test
  void aHeadIsToldAtOnceAndTwiceMoreWithinAMinute() {
    distributed(ONE, 7, 0);
    assertEquals(Map.of(head(ONE), 7L), due(3));
    assertEquals(Map.of(), due(6));
    assertEquals(Map.of(head(ONE), 7L), due(12));
    assertEquals(Map.of(), due(15));
    assertEquals(Map.of(head(ONE), 7L), due(60));
    assertEquals(Map.of(), due(120));
  }

  @Test
  void whatChangesAgainBeginsAnew() {
    distributed(ONE, 7, 0);
    assertEquals(Map.of(head(ONE), 7L), due(3));
    distributed(ONE, 8, 4);
    distributed(TWO, 1, 4);
    assertEquals(Map.of(head(ONE), 8L, head(TWO), 1L), due(6));
    assertEquals(Map.of(), due(10));
    assertEquals(Map.of(head(ONE), 8L, head(TWO), 1L), due(14));
  }

  @Test
  void whatIsDistributedAgainIsNoNews() {
    distributed(ONE, 8, 0);
    distributed(ONE, 7, 1);
    assertEquals(Map.of(head(ONE), 8L), due(3));
    distributed(ONE, 8, 4);
    assertEquals(Map.of(), due(6));
  }

  @Test
  void aBeatThatComesLateTellsOnce() {
    distributed(ONE, 7, 0);
    assertEquals(Map.of(head(ONE), 7L), due(90));
    assertEquals(Map.of(), due(93));
  }

  @Test
  void whoeverJoinedIsToldUntilTheyLeave() {
    LatelyChanged.Subject joined = new LatelyChanged.Subject(ONE, ADA);
    distributed("joined", ADA, ONE, 7, 0);
    assertEquals(Map.of(head(ONE), 7L, joined, 7L), due(3));
    distributed("left", ADA, ONE, 8, 4);
    assertEquals(Map.of(head(ONE), 8L), due(6));
    distributed("joined", ADA, ONE, 9, 7);
    distributed("left", ADA, ONE, 8, 8);
    assertEquals(Map.of(head(ONE), 9L, joined, 9L), due(9));
  }
}
