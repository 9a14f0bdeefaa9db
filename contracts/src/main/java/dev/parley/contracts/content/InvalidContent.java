package dev.parley.contracts.content;

import dev.parley.contracts.ErrorCode;

/// A message's content is refused with [#code()]. The message is for the client and quotes nothing
/// of the content. Carries no stack trace.
public final class InvalidContent extends Exception {
  private final ErrorCode code;

  InvalidContent(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /// `bad_request` or `too_large`.
  public ErrorCode code() {
    return code;
  }
}
