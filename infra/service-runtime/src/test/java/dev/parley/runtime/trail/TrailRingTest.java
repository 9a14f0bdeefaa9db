package dev.parley.runtime.trail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrailRingTest {
  private static final UUID CONVERSATION = UUID.randomUUID();
  private static final UUID MESSAGE = UUID.randomUUID();

  @Test
  void stepsOfTheMessageAndOfItsEventAreFoundInTheirOrder() {
    TrailRing ring = new TrailRing(16);
    ring.command(Step.RECEIVED, CONVERSATION, MESSAGE, 10, 0, 0);
    ring.event(Step.WRITTEN, CONVERSATION, 7, 11, 3, 1);
    ring.event(Step.WRITTEN, CONVERSATION, 8, 12, 3, 1);
    ring.event(Step.WRITTEN, UUID.randomUUID(), 7, 12, 3, 1);
    ring.command(Step.RECEIVED, CONVERSATION, UUID.randomUUID(), 13, 0, 0);
    assertEquals(
        List.of(
            new TrailRing.Entry(Step.RECEIVED, 10, 0, 0),
            new TrailRing.Entry(Step.WRITTEN, 11, 3, 1)),
        ring.find(CONVERSATION, MESSAGE, 7));
  }

  @Test
  void theOldestIsForgotten() {
    TrailRing ring = new TrailRing(4);
    for (long seq = 1; seq <= 6; seq++) {
      ring.event(Step.ARRIVED, CONVERSATION, seq, seq, 0, 0);
    }
    assertEquals(List.of(), ring.find(CONVERSATION, MESSAGE, 2));
    assertEquals(1, ring.find(CONVERSATION, MESSAGE, 3).size());
    assertEquals(1, ring.find(CONVERSATION, MESSAGE, 6).size());
  }

  /// A message's key is a number too.
  @Test
  void anEventIsNotTakenForAMessageOfTheSameNumber() {
    TrailRing ring = new TrailRing(4);
    ring.event(Step.ARRIVED, CONVERSATION, 5, 1, 0, 0);
    assertEquals(List.of(), ring.find(CONVERSATION, new UUID(1, 5), 0));
  }

  /// Each entry says one number four times; one that is read while it changes would not.
  @Test
  void whatChangesWhileItIsReadIsPassedOver() throws Exception {
    TrailRing ring = new TrailRing(8);
    CountDownLatch begun = new CountDownLatch(2);
    List<Thread> writers =
        IntStream.range(0, 2)
            .mapToObj(n ->
                Thread.ofPlatform()
                    .start(() -> {
                      for (long i = 1; !Thread.currentThread().isInterrupted(); i++) {
                        ring.event(Step.WRITTEN, new UUID(0, i % 3), 1, i, i, i);
                        begun.countDown();
                      }
                    }))
            .toList();
    begun.await();
    int found = 0;
    for (int i = 0; i < 50_000; i++) {
      for (TrailRing.Entry entry : ring.find(new UUID(0, i % 3), MESSAGE, 1)) {
        found++;
        assertEquals(i % 3, entry.at() % 3);
        assertEquals(entry.at(), entry.first());
        assertEquals(entry.at(), entry.second());
      }
    }
    writers.forEach(Thread::interrupt);
    assertTrue(found > 0);
  }

  @Test
  void aSizeThatIsNoPowerOfTwoIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TrailRing(100));
    assertThrows(IllegalArgumentException.class, () -> new TrailRing(0));
  }
}
