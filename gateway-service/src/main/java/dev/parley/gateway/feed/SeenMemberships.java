package dev.parley.gateway.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// The last thing that a session was told of its user's membership in each conversation, so that a
/// notice that comes late or twice is known. Of the [#MOST] conversations that changed last.
final class SeenMemberships {
  static final int MOST = 1024;

  private record Seen(long seq, FeedEvent.Change change) {}

  private final Map<UUID, Seen> seen = new LinkedHashMap<>(0);

  /// Returns whether this is news.
  boolean tell(UUID conversation, long seq, FeedEvent.Change change) {
    Seen before = seen.get(conversation);
    if (before != null && before.seq() >= seq) {
      return false;
    }
    seen.remove(conversation);
    seen.put(conversation, new Seen(seq, change));
    if (seen.size() > MOST) {
      seen.remove(seen.keySet().iterator().next());
    }
    return true;
  }

  boolean leftAfter(UUID conversation, long head) {
    Seen last = seen.get(conversation);
    return last != null && last.change() == FeedEvent.Change.GONE && last.seq() > head;
  }
}
