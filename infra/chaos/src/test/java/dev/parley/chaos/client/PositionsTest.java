package dev.parley.chaos.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.chaos.client.Positions.Range;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionsTest {
  private static final UUID ROOM = UUID.randomUUID();
  private final Positions positions = new Positions();

  @BeforeEach
  void begin() {
    positions.begin(ROOM);
  }

  @Test
  void eventsMoveThePositionAndRepliesOnlyByOne() {
    positions.event(ROOM, 1);
    positions.reply(ROOM, 2);
    positions.reply(ROOM, 9);
    assertEquals(Map.of(ROOM, 2L), positions.resume());
  }

  @Test
  void whatIsBehindIsOwedAndTheLiveEventsGoOn() {
    positions.event(ROOM, 4);
    positions.behind(ROOM, 5, 900, false);
    positions.event(ROOM, 901);
    assertEquals(Map.of(ROOM, 901L), positions.resume());
    var owed = positions.nextOwed(Set.of());
    assertNotNull(owed);
    assertEquals(new Range(5, 900), owed.getValue());
    assertNull(positions.nextOwed(Set.of(ROOM)));
    positions.fetched(ROOM, 204);
    var rest = positions.nextOwed(Set.of());
    assertNotNull(rest);
    assertEquals(new Range(205, 900), rest.getValue());
    positions.fetched(ROOM, 900);
    assertFalse(positions.owes());
  }

  @Test
  void whatCouldNotBeReadAfterLeavingIsOwedAgainAfterComingBack() {
    positions.behind(ROOM, 5, 9, false);
    positions.left(ROOM, 10L);
    assertFalse(positions.owes());
    positions.joined(ROOM, 14);
    var owed = positions.nextOwed(Set.of());
    assertNotNull(owed);
    assertEquals(Map.entry(ROOM, new Range(5, 9)), owed);
  }

  @Test
  void aResetBeginsAnew() {
    positions.event(ROOM, 50);
    positions.behind(ROOM, 1, 7, true);
    assertEquals(Map.of(ROOM, 7L), positions.resume());
    assertTrue(positions.owes());
  }

  @Test
  void aConversationThatItDidNotKnowIsFetchedFromItsBeginning() {
    UUID unknown = UUID.randomUUID();
    positions.subscribed(unknown, 12);
    positions.subscribed(ROOM, 99);
    var owed = positions.nextOwed(Set.of());
    assertNotNull(owed);
    assertEquals(Map.entry(unknown, new Range(1, 12)), owed);
    assertEquals(0L, positions.resume().get(ROOM));
  }

  @Test
  void ofJoinedAndLeftTheHigherNumberWins() {
    positions.left(ROOM, 5L);
    positions.joined(ROOM, 3);
    assertFalse(positions.isIn(ROOM));
    positions.joined(ROOM, 8);
    assertEquals(Map.of(ROOM, 8L), positions.resume());
    positions.left(ROOM, 6L);
    assertTrue(positions.isIn(ROOM));
    positions.left(ROOM, null);
    assertFalse(positions.isIn(ROOM));
  }
}
