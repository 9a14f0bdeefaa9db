package dev.parley.chaos.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Where a device stands in each conversation, by the rules of the protocol. Written by its event
/// loop alone; [#last] may be read by any thread.
final class Positions {
  private final Map<UUID, Long> last = new ConcurrentHashMap<>();
  private final Map<UUID, Long> departed = new HashMap<>();
  private final Map<UUID, List<Range>> owed = new ConcurrentHashMap<>();
  private final Map<UUID, List<Range>> unreadable = new HashMap<>();

  /// Numbers that the device has still to fetch, both included.
  record Range(long from, long to) {}

  /// Begins in conversations whose logs it wants from their beginning.
  void begin(UUID conversation) {
    last.put(conversation, 0L);
  }

  /// The last number of each conversation that it is in.
  Map<UUID, Long> last() {
    return last;
  }

  /// What `resume` says.
  Map<UUID, Long> resume() {
    return Map.copyOf(last);
  }

  /// Nothing of it will come any more unless it is joined again.
  boolean isIn(UUID conversation) {
    return last.containsKey(conversation);
  }

  void event(UUID conversation, long seq) {
    last.computeIfPresent(conversation, (same, position) -> Math.max(position, seq));
  }

  /// A `sent` or `done` stands for the event of its number if that is the next one.
  void reply(UUID conversation, long seq) {
    last.computeIfPresent(conversation, (same, position) -> position + 1 == seq ? seq : position);
  }

  /// A conversation of `connected`. One that the device did not know it fetches from its beginning.
  void subscribed(UUID conversation, long head) {
    if (last.putIfAbsent(conversation, head) == null) {
      departed.remove(conversation);
      unreadable.remove(conversation);
      owe(conversation, 1, head);
    }
  }

  void behind(UUID conversation, long from, long to, boolean reset) {
    if (reset) {
      owed.remove(conversation);
      unreadable.remove(conversation);
      last.put(conversation, to);
    } else {
      last.merge(conversation, to, Math::max);
    }
    owe(conversation, from, to);
  }

  /// Of `joined` and `left` the higher number wins.
  void joined(UUID conversation, long seq) {
    Long gone = departed.get(conversation);
    if (gone == null || gone < seq) {
      departed.remove(conversation);
      last.merge(conversation, seq, Math::max);
      List<Range> kept = unreadable.remove(conversation);
      if (kept != null) {
        kept.forEach(range -> owe(conversation, range.from(), range.to()));
      }
    }
  }

  void left(UUID conversation, @Nullable Long seq) {
    Long position = last.get(conversation);
    if (seq != null) {
      if (position != null && position > seq) {
        return;
      }
      departed.merge(conversation, seq, Math::max);
    }
    last.remove(conversation);
    forget(conversation);
  }

  /// The next range to fetch of some conversation that is not in `busy`.
  Map.@Nullable Entry<UUID, Range> nextOwed(Set<UUID> busy) {
    for (Map.Entry<UUID, List<Range>> each : owed.entrySet()) {
      if (!busy.contains(each.getKey()) && !each.getValue().isEmpty()) {
        return Map.entry(each.getKey(), each.getValue().getFirst());
      }
    }
    return null;
  }

  /// Everything up to `to` of the first range was fetched.
  void fetched(UUID conversation, long to) {
    owed.computeIfPresent(
        conversation,
        (same, ranges) -> {
          Range first = ranges.removeFirst();
          if (to < first.to()) {
            ranges.addFirst(new Range(to + 1, first.to()));
          }
          return ranges.isEmpty() ? null : ranges;
        });
  }

  /// It may not be read now. What is owed is wanted again once the device is in it again.
  void forget(UUID conversation) {
    List<Range> ranges = owed.remove(conversation);
    if (ranges != null) {
      unreadable.computeIfAbsent(conversation, none -> new ArrayList<>()).addAll(ranges);
    }
  }

  /// Whether something is still to be fetched. Any thread.
  boolean owes() {
    return !owed.isEmpty();
  }

  private void owe(UUID conversation, long from, long to) {
    if (from <= to) {
      owed.computeIfAbsent(conversation, none -> new ArrayList<>()).add(new Range(from, to));
    }
  }
}
