package dev.parley.gateway.protocol;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.ErrorCode;
import dev.parley.gateway.kafka.Loss;
import dev.parley.gateway.session.Refusal;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// The one place where failures become what a client is told.
final class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);

  private Refusals() {}

  /// What a failed stage means for the client.
  static Refusal of(Throwable problem) {
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    return switch (cause) {
      case Refusal refusal -> refusal;
      case TimeoutException timeout -> timeout();
      default -> {
        LOG.error("A command failed for a reason nobody expected", cause);
        yield new Refusal(ErrorCode.INTERNAL, "The command failed.");
      }
    };
  }

  /// What a record that was not written means for the client.
  static Refusal of(Loss loss) {
    return switch (loss) {
      case NOT_WRITTEN -> Refusal.unavailable("Commands cannot be taken now. Nothing was done.");
      case PERHAPS_WRITTEN -> timeout();
    };
  }

  static Refusal timeout() {
    return new Refusal(
        ErrorCode.TIMEOUT, "No answer came in time. Repeat with the same ids until one does.");
  }

  /// How the connection ends after `connect` was refused with `code`.
  static CloseCode closing(ErrorCode code) {
    return switch (code) {
      case BAD_REQUEST, CONFLICT, NOT_FOUND, TOO_LARGE -> CloseCode.BROKEN_PROTOCOL;
      case UNAUTHENTICATED -> CloseCode.NOT_AUTHENTICATED;
      case FORBIDDEN -> CloseCode.REVOKED;
      case RATE_LIMITED -> CloseCode.TOO_MANY;
      case UNAVAILABLE, TIMEOUT -> CloseCode.OVERLOADED;
      case INTERNAL -> CloseCode.INTERNAL;
    };
  }
}
