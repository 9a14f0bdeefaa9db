package dev.parley.messages.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parley.messages.ingest.Disagreement.Place;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DisagreementTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  @Test
  void placesInsideOfTheTopicAgree() {
    assertNull(between(5, new Place(0, 5, NONE, NONE)));
    assertNull(between(5, new Place(5, 9, at(5), at(4))));
    assertNull(between(5, new Place(0, 9, at(7), at(5))));
  }

  @Test
  void whatWasDeletedUnreadIsNamed() {
    assertEquals(new Disagreement.Expired(5, 8), between(5, new Place(8, 9, at(8), NONE)));
  }

  @Test
  void lostEndIsKnownByItsEnd() {
    assertEquals(new Disagreement.Rewritten(5, 3), between(5, new Place(0, 3, NONE, NONE)));
  }

  /// The new end alone would say that nothing is missing, or that only what follows is new.
  @Test
  void lostEndThatWasWrittenOverIsKnownByTheAgeOfWhatStandsThere() {
    assertEquals(new Disagreement.Rewritten(5, 3), between(5, new Place(0, 9, at(3), NONE)));
    assertEquals(new Disagreement.Rewritten(5, 3), between(5, new Place(0, 4, at(3), NONE)));
    assertEquals(new Disagreement.Rewritten(5, 4), between(5, new Place(4, 9, at(3), NONE)));
  }

  @Test
  void databaseThatKnowsLessThanWasShownIsOlder() {
    assertEquals(new Disagreement.Older(5, 7), between(5, new Place(0, 9, at(5), at(7))));
  }

  /// What was shown says nothing any more after the end was lost.
  @Test
  void lostEndGoesBeforeWhatWasShown() {
    assertEquals(new Disagreement.Rewritten(5, 3), between(5, new Place(0, 3, NONE, at(7))));
  }

  @Test
  void topicOfTheSameNameIsToldFromTheFirstOne() {
    assertNull(Disagreement.between(0, false, new Place(0, 4, NONE, NONE)));
    assertEquals(
        new Disagreement.Remade(0), Disagreement.between(0, true, new Place(0, 4, NONE, NONE)));
  }

  private static Disagreement between(long next, Place kafka) {
    return Disagreement.between(next, false, kafka);
  }

  private static OptionalLong at(long offset) {
    return OptionalLong.of(offset);
  }
}
