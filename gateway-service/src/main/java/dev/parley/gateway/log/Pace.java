package dev.parley.gateway.log;

import java.time.Duration;

/// When the next batch may go. At once while few ask, so that a session that opens at a quiet time
/// waits for nothing; a short beat apart when more do, such as those that a gateway lets go when it
/// is started again; in a storm a longer one, and in a long one as slowly as credit comes in. A
/// full batch costs 1 and one of few asks less: [#PER_SECOND] times [#FULL] asks a second never
/// wait for credit, and in a storm the number of batches follows the time that it takes, not the
/// sessions in it. Pure; not thread-safe.
final class Pace {
  /// Credit after a quiet time.
  static final int MOST = 20;

  static final double PER_SECOND = 5;

  /// A batch of so many asks, or more, costs 1.
  static final int FULL = 10;

  /// Between batches while there is credit.
  static final Duration BEAT = Duration.ofMillis(50);

  /// Between batches from here on.
  private static final double LITTLE = 2.5;

  private static final Duration LONG_BEAT = Duration.ofMillis(200);
  private static final double NANOS_PER_CREDIT = 1e9 / PER_SECOND;

  private double credit = MOST;
  private long countedAt;
  private long last;

  /// @param nowNanos of a clock that never goes back
  Pace(long nowNanos) {
    this.countedAt = nowNanos;
    this.last = nowNanos - BEAT.toNanos();
  }

  /// How many nanoseconds the next batch waits.
  long delay(long nowNanos) {
    count(nowNanos);
    if (credit >= LITTLE) {
      return Math.max(0, last + BEAT.toNanos() - nowNanos);
    }
    long beat = Math.max(0, last + LONG_BEAT.toNanos() - nowNanos);
    return Math.max(beat, (long) Math.ceil((1 - credit) * NANOS_PER_CREDIT));
  }

  /// A batch of so many asks goes.
  void went(long nowNanos, int asks) {
    count(nowNanos);
    credit = Math.max(0, credit - Math.min(1, (double) asks / FULL));
    last = nowNanos;
  }

  private void count(long nowNanos) {
    credit = Math.min(MOST, credit + (nowNanos - countedAt) / NANOS_PER_CREDIT);
    countedAt = nowNanos;
  }
}
