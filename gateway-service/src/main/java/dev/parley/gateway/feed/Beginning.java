package dev.parley.gateway.feed;

import dev.parley.gateway.transport.Frame;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a subscription begins: above what the session has, or above the head if the session has
/// missed so much that it is told how much instead.
///
/// @param position number of the last event that is not sent
/// @param behind what the session is told first
record Beginning(long position, @Nullable Frame behind) {
  /// The most events that are sent after the fact in one conversation; the rest is history.
  static final long MOST_MISSED = 1000;

  /// The most events that are sent after the fact at one `connect`.
  static final long MOST_MISSED_IN_ALL = 2000;

  /// @param after what the session has; empty: it wants nothing but what is live
  /// @param room how many missed events may still be sent
  static Beginning of(UUID conversation, OptionalLong after, long head, long room) {
    if (after.isEmpty()) {
      return new Beginning(head, null);
    }
    long had = after.getAsLong();
    if (had > head) {
      return new Beginning(head, Wire.reset(conversation, head));
    }
    if (head - had > Math.min(room, MOST_MISSED)) {
      return new Beginning(head, Wire.behind(conversation, had + 1, head));
    }
    return new Beginning(had, null);
  }
}
