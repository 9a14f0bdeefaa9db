package dev.parley.messages.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.signal.Signal;
import dev.parley.messages.probe.Sends;
import dev.parley.messages.signals.Receipts.Receipt;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
  private static final long WINDOW = 1_000;

  private final Receipts receipts = new Receipts(WINDOW);
  private final UUID conversation = UUID.randomUUID();
  private final UUID user = UUID.randomUUID();

  @Test
  void firstGoesAtOnceAndTheLastOfTheWindowAtItsEnd() {
    assertTrue(receipts.offer(read(user, 1), 0));
    assertFalse(receipts.offer(read(user, 2), 10));
    assertFalse(receipts.offer(read(user, 3), 20));
    assertEquals(OptionalLong.of(WINDOW), receipts.nextEnd());
    assertEquals(List.of(), seqs(receipts.due(WINDOW - 1)));
    assertEquals(List.of(3L), seqs(receipts.due(WINDOW)));
  }

  @Test
  void whatWasGatheredOpensANewWindow() {
    receipts.offer(read(user, 1), 0);
    receipts.offer(read(user, 2), 10);
    receipts.due(WINDOW);
    assertFalse(receipts.offer(read(user, 3), WINDOW + 1));
    assertEquals(List.of(3L), seqs(receipts.due(2 * WINDOW)));
  }

  @Test
  void quietWindowLeavesNothing() {
    receipts.offer(read(user, 1), 0);
    assertEquals(List.of(), seqs(receipts.due(WINDOW)));
    assertEquals(OptionalLong.empty(), receipts.nextEnd());
    assertTrue(receipts.offer(read(user, 2), WINDOW + 1));
  }

  @Test
  void usersAreGatheredApart() {
    receipts.offer(read(user, 1), 0);
    assertTrue(receipts.offer(read(UUID.randomUUID(), 1), 1));
  }

  private Receipt read(UUID reader, long seq) {
    return new Receipt(new Signal.Read(conversation, reader, Sends.address(), false, seq), true);
  }

  private static List<Long> seqs(List<Receipt> due) {
    return due.stream().map(receipt -> receipt.read().seq()).toList();
  }
}
