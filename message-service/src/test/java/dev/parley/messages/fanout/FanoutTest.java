package dev.parley.messages.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.runtime.routing.Lookup;
import dev.parley.runtime.trail.TrailRing;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FanoutTest {
  private static final Outgoing REPLY =
      new Outgoing(
          new Delivery.Reply(
              new ReplyAddress(new SlotAddress(1, "1-x"), UUID.randomUUID(), 1), JsonText.of("{}")),
          null);

  /// With Kafka away each record of a batch was offered, and each waited as long as the first.
  @Test
  void afterARefusalNothingMoreIsOffered() {
    AtomicInteger offered = new AtomicInteger();
    Fanout fanout =
        new Fanout(
            routes -> new Lookup.Unknown(),
            (partition, one) -> {
              offered.incrementAndGet();
              return CompletableFuture.failedFuture(
                  new IllegalStateException("the buffer is full"));
            },
            new LatelyChanged(),
            Failpoints.NONE,
            new TrailRing(16));
    Distribution distribution = fanout.deliver(Collections.nCopies(1_000, REPLY));
    assertEquals(1, offered.get());
    assertTrue(distribution.failed());
  }
}
