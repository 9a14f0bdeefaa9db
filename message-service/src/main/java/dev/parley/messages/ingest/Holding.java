package dev.parley.messages.ingest;

import dev.parley.messages.fanout.Distribution;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// A partition of `commands` that this instance owns, and how far it has come. Used by the thread
/// that polls alone.
final class Holding {
  private final int partition;
  private final int source;
  private final long epoch;
  private final long appliedAt;
  private final Deque<Unacknowledged> unacknowledged = new ArrayDeque<>();
  private long next;
  private long delivered;
  private long stored;
  private long shown = -1;

  /// @param source see table `progress`
  /// @param next offset of the first command that is not applied
  /// @param delivered offset of the first command whose event may not have reached Kafka, as stored
  /// @param appliedAt when Kafka appended the youngest command that is applied, 0 if not known
  Holding(int partition, int source, long epoch, long next, long delivered, long appliedAt) {
    this.partition = partition;
    this.source = source;
    this.epoch = epoch;
    this.appliedAt = appliedAt;
    this.next = next;
    this.delivered = delivered;
    this.stored = delivered;
  }

  private record Unacknowledged(long next, Distribution distribution) {}

  int partition() {
    return partition;
  }

  int source() {
    return source;
  }

  long epoch() {
    return epoch;
  }

  long next() {
    return next;
  }

  /// When Kafka appended the youngest command that had been applied when the partition was taken,
  /// epoch milliseconds; 0 if that is not known.
  long appliedAt() {
    return appliedAt;
  }

  /// Whether nobody held it before.
  boolean first() {
    return epoch == 1;
  }

  /// Offset below which every command's event has reached Kafka by now.
  long delivered() {
    while (!unacknowledged.isEmpty() && unacknowledged.getFirst().distribution().acknowledged()) {
      delivered = unacknowledged.removeFirst().next();
    }
    return delivered;
  }

  /// A batch up to `offset` is committed, together with `deliveredThen`.
  void committed(long offset, long deliveredThen) {
    next = offset;
    stored = Math.max(stored, deliveredThen);
  }

  /// What the batch up to the current offset led to is on its way.
  void distributed(Distribution distribution) {
    unacknowledged.addLast(new Unacknowledged(next, distribution));
  }

  /// Everything that is committed has reached Kafka.
  void caughtUp() {
    unacknowledged.clear();
    delivered = next;
  }

  /// The stored progress was moved to `offset`, which is where the topic can be read.
  void moved(long offset) {
    next = offset;
    delivered = offset;
    stored = offset;
  }

  /// `offset` is stored as delivered.
  void settled(long offset) {
    delivered = Math.max(delivered, offset);
    stored = Math.max(stored, offset);
  }

  /// Whether more has been delivered than the database knows.
  boolean unsettled() {
    return delivered() > stored;
  }

  /// Kafka has taken `offset` for what the group's lag is counted from.
  void shown(long offset) {
    shown = offset;
  }

  /// Whether Kafka counts the group's lag from where this is.
  boolean shown() {
    return shown == next;
  }

  /// Whether events must be distributed again from the log.
  boolean failed() {
    delivered();
    return !unacknowledged.isEmpty() && unacknowledged.getFirst().distribution().failed();
  }

  /// Waits until at most `most` hand-overs are without acknowledgement, one of them has failed, or
  /// `System.nanoTime()` is past `end`.
  void awaitAtMost(int most, long end) throws InterruptedException {
    delivered();
    while (unacknowledged.size() > most) {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      if (!unacknowledged.getFirst().distribution().await(left)) {
        return;
      }
      delivered();
    }
  }
}
