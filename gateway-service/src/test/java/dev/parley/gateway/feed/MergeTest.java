package dev.parley.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class MergeTest {
  private final Merge merge = new Merge();

  MergeTest() {
    merge.head(1, new Nowhere());
  }

  @Test
  void whatWasBelievedToExistAndDoesNotIsNoHole() {
    merge.head(3, new Nowhere());
    merge.noneAbove(1, 3);
    assertNull(merge.hole());
  }

  /// A page that was long on its way made a head forgotten that had been told meanwhile, and the
  /// last event of a conversation came when the head was told again, 10 s later.
  @Test
  void headThatIsToldWhileThePageIsOnItsWayIsRemembered() {
    merge.head(2, new Nowhere());
    long asked = merge.known();
    merge.head(3, new Nowhere());
    merge.noneAbove(2, asked);
    assertEquals(new Merge.Hole(2, 3), merge.hole());
  }

  private static final class Nowhere implements Merge.Sink {
    @Override
    public void pass(FeedEvent event) {
      throw new AssertionError("there is none");
    }

    @Override
    public void alone(FeedEvent event) {
      throw new AssertionError("there is none");
    }
  }
}
