package dev.parley.stack.supervisor;

import java.time.Duration;

/// How long to wait before a process that died is started again: 1 s, doubled with every death up
/// to 30 s, from the beginning again after a life of a minute. Not thread-safe.
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration GOOD_LIFE = Duration.ofMinutes(1);

  private Duration next = FIRST;

  /// The wait after a life of this length.
  Duration after(Duration life) {
    if (life.compareTo(GOOD_LIFE) >= 0) {
      next = FIRST;
    }
    Duration wait = next;
    Duration doubled = wait.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wait;
  }
}
