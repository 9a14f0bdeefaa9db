package dev.parley.messages.fanout;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;

/// Heads of the conversations that this instance distributed events of lately. Each is told at the
/// next beat, and again when it is older, in case that record is lost too; then it is forgotten. So
/// the cost of a beat follows what changed since the one before. Thread-safe.
final class LatelyChanged {
  /// Ages at which a head is told again after the first time; with the last one it is forgotten.
  private static final Duration[] AGAIN = {Duration.ofSeconds(10), Duration.ofMinutes(1)};

  private final Map<UUID, Change> changes = new HashMap<>();

  private record Change(long head, long atNanos, int told) {}

  /// Event `seq` of `conversation` is distributed.
  synchronized void distributed(UUID conversation, long seq, long nowNanos) {
    changes.merge(
        conversation,
        new Change(seq, nowNanos, 0),
        (before, now) -> now.head() > before.head() ? now : before);
  }

  /// The heads that are to be told now.
  synchronized Map<UUID, Long> due(long nowNanos) {
    Map<UUID, Long> due = new HashMap<>();
    for (Iterator<Map.Entry<UUID, Change>> all = changes.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<UUID, Change> entry = all.next();
      Change change = entry.getValue();
      int reached = reached(nowNanos - change.atNanos());
      if (change.told() <= reached) {
        due.put(entry.getKey(), change.head());
        if (reached == AGAIN.length) {
          all.remove();
        } else {
          entry.setValue(new Change(change.head(), change.atNanos(), reached + 1));
        }
      }
    }
    return due;
  }

  /// How many ages are over.
  private static int reached(long ageNanos) {
    int reached = 0;
    while (reached < AGAIN.length && ageNanos >= AGAIN[reached].toNanos()) {
      reached++;
    }
    return reached;
  }
}
