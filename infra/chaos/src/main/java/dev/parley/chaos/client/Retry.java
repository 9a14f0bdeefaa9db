package dev.parley.chaos.client;

import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// When to connect again. Doubles from a tenth of a second to 5 s, with chance, until it succeeds;
/// does what the gateway asks for.
final class Retry {
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 5_000;
  private static final long TOO_MANY_MILLIS = 5_000;
  private static final Pattern WITHIN = Pattern.compile("reconnect within=(\\d+(?:\\.\\d+)?)");

  private final RandomGenerator random;
  private long next = FIRST_MILLIS;
  private @Nullable Long asked;

  Retry(RandomGenerator random) {
    this.random = random;
  }

  void succeeded() {
    next = FIRST_MILLIS;
    asked = null;
  }

  /// The refusal of `connect` said how long to wait.
  void asked(@Nullable Long millis) {
    asked = millis;
  }

  /// Milliseconds to wait.
  ///
  /// @param code as [dev.parley.chaos.history.Link.Closed]
  long after(int code, @Nullable String reason) {
    Matcher within = WITHIN.matcher(reason == null ? "" : reason);
    if (code == 1012 && within.find()) {
      return (long) (random.nextDouble() * Double.parseDouble(within.group(1)) * 1_000);
    }
    long wait = (long) (next * (0.5 + random.nextDouble()));
    next = Math.min(2 * next, LONGEST_MILLIS);
    if (code == 503 && reason != null && reason.matches("\\d{1,3}")) {
      wait += Long.parseLong(reason) * 1_000;
    } else if (code == 4429) {
      wait += TOO_MANY_MILLIS;
    }
    if (asked != null) {
      wait = Math.max(wait, asked);
      asked = null;
    }
    return wait;
  }
}
