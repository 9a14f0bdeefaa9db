package dev.parley.gateway.slot;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Whether this process, or the thread that keeps its slot, stood still for longer than the lease:
/// then others take it for dead. Whoever asks sees it at once, before the thread itself has woken.
/// Any thread.
final class Standstill {
  private final long leaseNanos;
  private final LongSupplier nanos;
  private volatile long beaten;

  /// @param nanos a clock that never goes back and counts while the process stands still
  Standstill(Duration lease, LongSupplier nanos) {
    this.leaseNanos = lease.toNanos();
    this.nanos = nanos;
    this.beaten = nanos.getAsLong();
  }

  /// It moves.
  void beat() {
    beaten = nanos.getAsLong();
  }

  Duration since() {
    return Duration.ofNanos(nanos.getAsLong() - beaten);
  }

  boolean tooLong() {
    return nanos.getAsLong() - beaten > leaseNanos;
  }
}
