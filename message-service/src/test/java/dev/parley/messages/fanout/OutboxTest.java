package dev.parley.messages.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.event.EventDetail;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.event.LoggedEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final LoggedEvent EVENT =
      new LoggedEvent(
          UUID.randomUUID(),
          1,
          0,
          EventKind.JOINED.wire(),
          UUID.randomUUID(),
          UUID.randomUUID(),
          null,
          null,
          EventDetail.none());

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  /// It held ten thousand lists, each of which may be a conversation opened with thousands.
  @Test
  void queueIsBoundedByEventsWhateverTheListsHold() {
    // Not started: nobody takes from it.
    Outbox outbox = new Outbox(null, null, Fanouts.DEFAULTS, metrics, failure -> {});
    List<LoggedEvent> opened = Collections.nCopies(5_001, EVENT);
    for (int i = 0; i < 10; i++) {
      outbox.distribute(opened);
    }
    assertEquals(3 * 5_001, metrics.get("parley.messages.outbox.queued").gauge().value());
    assertEquals(7 * 5_001, metrics.counter("parley.messages.outbox.refused").count());
  }
}
