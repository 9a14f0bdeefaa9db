package dev.parley.gateway.feed;

import dev.parley.contracts.delivery.Delivery;
import io.opentelemetry.api.trace.Span;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The span of one record on this gateway, from its being read to the last event loop's having
/// written it; one for all of its sessions. Made for sampled messages only. Any thread.
final class WriteSpan {
  private final Span span;
  private final AtomicInteger loops = new AtomicInteger();
  private final AtomicLong sessions = new AtomicLong();

  /// @param span begun below the one that the record carries
  WriteSpan(Span span, Delivery.Event event) {
    this.span =
        span.setAttribute("parley.conversation", event.conversation().toString())
            .setAttribute("parley.seq", event.seq());
  }

  /// It goes to so many event loops.
  void handed(int toLoops) {
    loops.set(toLoops);
  }

  /// One of the loops has written it to `count` sessions.
  void written(int count) {
    sessions.addAndGet(count);
    if (loops.decrementAndGet() == 0) {
      span.setAttribute("parley.sessions", sessions.get()).end();
    }
  }
}
