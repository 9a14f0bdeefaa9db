package dev.parley.gateway.feed;

import dev.parley.gateway.session.Refusal;
import java.util.concurrent.CompletionException;

/// What went wrong, as a refusal.
final class Problems {
  private Problems() {}

  static Refusal refusal(Throwable problem) {
    Throwable cause = problem;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof Refusal refusal
        ? refusal
        : Refusal.unavailable("The log cannot be read now. Try again.");
  }
}
