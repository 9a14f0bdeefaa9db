package dev.parley.messages.ingest;

import dev.parley.contracts.command.Command;
import dev.parley.messages.fanout.Outgoing.Trace;
import dev.parley.runtime.trace.Spans;
import dev.parley.runtime.trail.Step;
import dev.parley.runtime.trail.TrailRing;
import io.opentelemetry.api.trace.Span;

/// What a command leaves besides its event and its answer: a step of its trail, and, if it is
/// sampled, a span of its trace.
final class Footprints {
  /// Leaves no spans, and steps that nobody asks for.
  static final Footprints NONE = new Footprints(new TrailRing(1), Spans.OFF);

  private final TrailRing trail;
  private final Spans spans;

  Footprints(TrailRing trail, Spans spans) {
    this.trail = trail;
    this.spans = spans;
  }

  /// The time at which a batch begins, 0 where no spans are left.
  long begin() {
    return spans.on() ? Spans.now() : 0;
  }

  /// Remembers what became of a command.
  ///
  /// @param now epoch milliseconds
  void step(Incoming.Wellformed incoming, Outcome outcome, long now) {
    Step step =
        switch (outcome) {
          case Outcome.Logged l -> Step.COMMITTED;
          case Outcome.Repeated r -> Step.REPEATED;
          case Outcome.Refused r -> Step.REFUSED;
        };
    long what =
        switch (outcome) {
          case Outcome.Logged l -> l.event().seq();
          case Outcome.Repeated r -> r.first().seq();
          case Outcome.Refused r -> r.code().status();
        };
    Command command = incoming.command();
    trail.command(
        step,
        command.conversation(),
        command.request(),
        now,
        what,
        incoming.trace().receivedMillis());
  }

  /// Leaves the span of a sampled command, and returns what its records carry from here on.
  ///
  /// @param begun what [#begin()] returned for its batch
  Trace span(Incoming.Wellformed incoming, Outcome outcome, long begun) {
    Trace trace = incoming.trace();
    Span span = spans.below(trace.traceparent(), "commit", begun);
    if (span == null) {
      return trace;
    }
    String result =
        switch (outcome) {
          case Outcome.Logged l -> "committed";
          case Outcome.Repeated r -> "repeated";
          case Outcome.Refused r -> r.code().wire();
        };
    Command command = incoming.command();
    span.setAttribute("parley.conversation", command.conversation().toString())
        .setAttribute("parley.message", command.request().toString())
        .setAttribute("parley.result", result)
        .end();
    return new Trace(Spans.traceparent(span), trace.received());
  }
}
