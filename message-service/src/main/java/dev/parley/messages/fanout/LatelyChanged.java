package dev.parley.messages.fanout;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.event.EventKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Heads of the conversations that this instance distributed events of lately, and who joined one:
/// whom nothing else tells that there is a conversation. Each is told at the next beat, and again
/// when it is older, in case that record is lost too; then it is forgotten. So the cost of a beat
/// follows what changed since the one before. Thread-safe.
final class LatelyChanged {
  /// Ages at which a head is told again after the first time; with the last one it is forgotten.
  private static final Duration[] AGAIN = {Duration.ofSeconds(10), Duration.ofMinutes(1)};

  private final Map<Subject, Change> changes = new HashMap<>();

  /// Whose last change it is: the conversation's, or, of one member, that of having joined it.
  record Subject(UUID conversation, @Nullable UUID joined) {}

  private record Change(long seq, long atNanos, int told) {}

  /// `event` is distributed.
  synchronized void distributed(Delivery.Event event, long nowNanos) {
    note(new Subject(event.conversation(), null), event.seq(), nowNanos);
    if (event.member() != null) {
      Subject joined = new Subject(event.conversation(), event.member());
      if (EventKind.JOINED.is(event.kind())) {
        note(joined, event.seq(), nowNanos);
      } else if (EventKind.LEFT.is(event.kind())) {
        changes.computeIfPresent(
            joined, (key, before) -> before.seq() < event.seq() ? null : before);
      }
    }
  }

  private void note(Subject subject, long seq, long nowNanos) {
    changes.merge(
        subject,
        new Change(seq, nowNanos, 0),
        (before, now) -> now.seq() > before.seq() ? now : before);
  }

  /// The numbers of the changes that are to be told now.
  synchronized Map<Subject, Long> due(long nowNanos) {
    Map<Subject, Long> due = new HashMap<>();
    for (Iterator<Map.Entry<Subject, Change>> all = changes.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<Subject, Change> entry = all.next();
      Change change = entry.getValue();
      int reached = reached(nowNanos - change.atNanos());
      if (change.told() <= reached) {
        due.put(entry.getKey(), change.seq());
        if (reached == AGAIN.length) {
          all.remove();
        } else {
          entry.setValue(new Change(change.seq(), change.atNanos(), reached + 1));
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
