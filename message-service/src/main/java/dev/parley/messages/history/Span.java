package dev.parley.messages.history;

import org.jspecify.annotations.Nullable;

/// The part of a log that a reader asks for. Since logs have no holes, it is known from the head
/// alone which events that is.
///
/// @param after only events above it; null: from the beginning
/// @param before only events below it; null: to the head
/// @param limit how many at most
public record Span(@Nullable Long after, @Nullable Long before, int limit) {
  /// The events to answer with.
  ///
  /// @param from the least number
  /// @param to the greatest; less than `from` if there are none
  /// @param upward whether, if not all of them fit, those from `from` upward count
  /// @param more whether further events exist in the direction read
  public record Slice(long from, long to, boolean upward, boolean more) {}

  /// Which events of a log with this head: with `after` the first ones above it, else the last ones
  /// below `before`.
  public Slice of(long head) {
    long top = before == null ? head : Math.min(head, before - 1);
    if (after != null) {
      long from = after + 1;
      long to = Math.min(top, after + limit);
      return new Slice(from, to, true, to < top);
    }
    long from = Math.max(1, top - limit + 1);
    return new Slice(from, top, false, from > 1);
  }
}
