package dev.parley.gateway.session;

import dev.parley.contracts.ErrorCode;
import java.util.OptionalLong;

/// A command is refused with `code`. An expected outcome: carries no stack trace.
public final class Refusal extends RuntimeException {
  private static final OptionalLong SOON = OptionalLong.of(1_000);

  private final ErrorCode code;
  private final OptionalLong retryAfter;

  /// A refusal that may be repeated later.
  ///
  /// @param message for the client: what was wrong and what would be right
  /// @param retryAfter milliseconds
  public Refusal(ErrorCode code, String message, OptionalLong retryAfter) {
    super(message, null, false, false);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  public Refusal(ErrorCode code, String message) {
    this(code, message, OptionalLong.empty());
  }

  /// Nothing was done; the same again may succeed in a second.
  ///
  /// @param message for the client
  public static Refusal unavailable(String message) {
    return new Refusal(ErrorCode.UNAVAILABLE, message, SOON);
  }

  public ErrorCode code() {
    return code;
  }

  public OptionalLong retryAfter() {
    return retryAfter;
  }
}
