package dev.parley.messages.ingest;

import java.time.Duration;

/// Waits that double between attempts, up to a limit. Used by one thread.
final class Backoff {
  private final Duration first;
  private final Duration max;
  private Duration next;

  Backoff(Duration first, Duration max) {
    this.first = first;
    this.max = max;
    this.next = first;
  }

  /// How long to wait now; the next one is twice as long.
  Duration next() {
    Duration now = next;
    Duration doubled = now.multipliedBy(2);
    next = doubled.compareTo(max) < 0 ? doubled : max;
    return now;
  }

  /// It went well: start small again.
  void reset() {
    next = first;
  }
}
