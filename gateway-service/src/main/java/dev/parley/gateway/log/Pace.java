package dev.parley.gateway.log;

import java.time.Duration;

/// When the next batch may go. At once while few ask, so that a session that opens at a quiet time
/// waits for nothing; in a storm batches go a beat apart, and in a long one as slowly as credit
/// comes in. A full batch costs 1 and one of few asks less: [#PER_SECOND] times [#FULL] asks a
/// second never wait, and in a storm the number of batches follows the time that it takes, not the
/// sessions in it. Pure; not thread-safe.
final class Pace {
  /// Credit after a quiet time.
  static final int MOST = 5;

  static final double PER_SECOND = 5;

  /// A batch of so many asks, or more, costs 1.
  static final int FULL = 10;

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
