package dev.parley.chaos.client;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which refusals pass, and when to ask again.
final class Repeats {
  private static final long FIRST_MILLIS = 250;
  private static final int DOUBLINGS = 4;

  private Repeats() {}

  /// Milliseconds to wait before the same is asked again; null if the answer is final.
  ///
  /// @param attempt that was refused
  static @Nullable Long after(
      String code, @Nullable Long retryAfter, int attempt, RandomGenerator random) {
    return switch (code) {
      case "unavailable", "rate_limited", "timeout", "internal" -> {
        long wait =
            retryAfter == null ? FIRST_MILLIS << Math.min(attempt - 1, DOUBLINGS) : retryAfter;
        yield wait + random.nextLong(wait / 4 + 50);
      }
      default -> null;
    };
  }
}
