package dev.parley.runtime.trace;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that took its time in a trace. Made for sampled messages only.
///
/// @param at its place
/// @param parent the span that it is a child of, null for the first
/// @param startNanos since the epoch
/// @param endNanos since the epoch
/// @param attributes ids and numbers, never what somebody wrote
public record Span(
    String name,
    Kind kind,
    TraceContext at,
    @Nullable String parent,
    long startNanos,
    long endNanos,
    Map<String, Object> attributes) {

  /// What OTLP calls it, and the number that stands for it there.
  public enum Kind {
    SERVER(2),
    PRODUCER(4),
    CONSUMER(5);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }
}
