package dev.parley.gateway.transport.websocket;

import java.util.concurrent.atomic.AtomicLong;

/// Lets a number of upgrades pass in a second, a second's worth at once at most (a token bucket
/// kept as the time at which it will be full). Any thread, no lock.
final class UpgradeRate {
  private static final long SECOND = 1_000_000_000;

  private final long interval;
  private final AtomicLong full;

  /// @param now nanoseconds of a monotonic clock
  UpgradeRate(int perSecond, long now) {
    this.interval = SECOND / perSecond;
    this.full = new AtomicLong(now);
  }

  boolean tryPass(long now) {
    while (true) {
      long seen = full.get();
      long next = (seen - now < 0 ? now : seen) + interval;
      if (next - now > SECOND) {
        return false;
      }
      if (full.compareAndSet(seen, next)) {
        return true;
      }
    }
  }
}
