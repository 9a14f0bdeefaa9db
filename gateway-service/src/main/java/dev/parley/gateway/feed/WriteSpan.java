package dev.parley.gateway.feed;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.runtime.trace.Span;
import dev.parley.runtime.trace.Spans;
import dev.parley.runtime.trace.TraceContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The span of one record on this gateway, from its being read to the last event loop's having
/// written it; one for all of its sessions. Made for sampled messages only. Any thread.
final class WriteSpan {
  private final Spans spans;
  private final TraceContext above;
  private final Delivery.Event event;
  private final long begun = Spans.now();
  private final AtomicInteger loops = new AtomicInteger();
  private final AtomicLong sessions = new AtomicLong();

  /// @param above the place that the record carries
  WriteSpan(Spans spans, TraceContext above, Delivery.Event event) {
    this.spans = spans;
    this.above = above;
    this.event = event;
  }

  /// It goes to so many event loops.
  void handed(int toLoops) {
    loops.set(toLoops);
  }

  /// One of the loops has written it to `count` sessions.
  void written(int count) {
    sessions.addAndGet(count);
    if (loops.decrementAndGet() == 0) {
      spans.leave(
          new Span(
              "write",
              Span.Kind.CONSUMER,
              above.child(),
              above.span(),
              begun,
              Spans.now(),
              Map.of(
                  "parley.conversation", event.conversation(),
                  "parley.seq", event.seq(),
                  "parley.sessions", sessions.get())));
    }
  }
}
