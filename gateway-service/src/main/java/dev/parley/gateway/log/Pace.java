package dev.parley.gateway.log;

import java.time.Duration;

/// When the next batch may go. A few go at once, so that a session that opens at a quiet time waits
/// for nothing; in a storm they go a beat apart, and in a long one as slowly as credit comes in. So
/// the number of batches follows the time that a storm takes, not the sessions in it: at most
/// [#MOST] and [#PER_SECOND] for each of its seconds. Pure; not thread-safe.
final class Pace {
  /// Batches that may go in one beat after a quiet time.
  static final int MOST = 20;

  static final double PER_SECOND = 3;

  private static final Duration BEAT = Duration.ofMillis(200);
  private static final double NANOS_PER_CREDIT = 1e9 / PER_SECOND;

  private double credit = MOST;
  private long countedAt;
  private long last;

  /// @param nowNanos of a clock that never goes back
  Pace(long nowNanos) {
    this.countedAt = nowNanos;
    this.last = nowNanos;
  }

  /// How many nanoseconds the next batch waits.
  long delay(long nowNanos) {
    count(nowNanos);
    if (credit >= MOST / 2.0) {
      return 0;
    }
    long beat = Math.max(0, last + BEAT.toNanos() - nowNanos);
    return Math.max(beat, (long) Math.ceil((1 - credit) * NANOS_PER_CREDIT));
  }

  /// A batch goes.
  void went(long nowNanos) {
    count(nowNanos);
    credit = Math.max(0, credit - 1);
    last = nowNanos;
  }

  private void count(long nowNanos) {
    credit = Math.min(MOST, credit + (nowNanos - countedAt) / NANOS_PER_CREDIT);
    countedAt = nowNanos;
  }
}
