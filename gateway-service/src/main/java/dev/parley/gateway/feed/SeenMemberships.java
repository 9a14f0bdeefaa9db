package dev.parley.gateway.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// The last thing that a session was told of its user's membership in each conversation, so that a
/// notice that comes late or twice is known. Of the [#MOST] conversations that changed last.
final class SeenMemberships {
  static final int MOST = 1024;

  /// @param ahead whether the session was told that it is over before the number was known
  private record Seen(long seq, FeedEvent.Change change, boolean ahead) {}

  private final Map<UUID, Seen> seen = new LinkedHashMap<>(0);

  /// Returns whether this is news.
  boolean tell(UUID conversation, long seq, FeedEvent.Change change) {
    Seen before = seen.get(conversation);
    if (before != null && before.seq() >= seq) {
      return false;
    }
    put(conversation, new Seen(seq, change, false));
    return before == null || !before.ahead() || change != FeedEvent.Change.GONE;
  }

  /// The session is told that the user is no member any more, by which event is not known; the
  /// notice that names it will be no news.
  void tellAhead(UUID conversation) {
    Seen before = seen.get(conversation);
    put(conversation, new Seen(before == null ? 0 : before.seq(), FeedEvent.Change.GONE, true));
  }

  private void put(UUID conversation, Seen last) {
    seen.remove(conversation);
    seen.put(conversation, last);
    if (seen.size() > MOST) {
      seen.remove(seen.keySet().iterator().next());
    }
  }

  /// Number of the event by which the user joined, if that is the last that was told; else 0.
  long joinedAt(UUID conversation) {
    Seen last = seen.get(conversation);
    return last != null && last.change() == FeedEvent.Change.JOINED ? last.seq() : 0;
  }

  /// Whether anything was told with a higher number than `seq`.
  boolean changedAfter(UUID conversation, long seq) {
    Seen last = seen.get(conversation);
    return last != null && last.seq() > seq;
  }

  /// Whether the last that was told is that the user has left, after event `head`.
  boolean leftAfter(UUID conversation, long head) {
    Seen last = seen.get(conversation);
    return last != null && last.change() == FeedEvent.Change.GONE && last.seq() > head;
  }
}
