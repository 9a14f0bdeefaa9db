package dev.parley.messages.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.event.EventDetail;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.contracts.json.JsonText;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  // Not started: nobody takes from it.
  private final Outbox outbox = new Outbox(null, null, Fanouts.DEFAULTS, metrics, failure -> {});

  /// It held ten thousand lists, each of which may be a conversation opened with thousands.
  @Test
  void queueIsBoundedWhateverTheListsHold() {
    List<LoggedEvent> opened = Collections.nCopies(5_001, event(EventDetail.none()));
    for (int i = 0; i < 10; i++) {
      outbox.distribute(opened);
    }
    assertRefused(4 * 5_001);
    assertQueued(6 * 5_001 * (1_024 + 2));
  }

  /// It held twenty thousand, which of messages as long as they may be are more than the heap.
  @Test
  void queueIsBoundedByBytesHoweverLongTheEventsAre() {
    LoggedEvent longest = event(JsonText.of("x".repeat(32 * 1_024)));
    for (int i = 0; i < 1_000; i++) {
      outbox.distribute(List.of(longest));
    }
    assertRefused(8);
    assertQueued(992 * 33 * 1_024);
  }

  private void assertQueued(int bytes) {
    assertEquals(bytes, metrics.get("parley.messages.outbox.queued.bytes").gauge().value());
  }

  private void assertRefused(int events) {
    assertEquals(events, metrics.counter("parley.messages.outbox.refused").count());
  }

  private static LoggedEvent event(JsonText detail) {
    return new LoggedEvent(
        UUID.randomUUID(),
        1,
        0,
        EventKind.JOINED.wire(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        null,
        null,
        detail);
  }
}
