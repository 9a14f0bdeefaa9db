package dev.parley.contracts.frame;

import dev.parley.contracts.ErrorCode;

/// A frame is refused for one of its members. Carries no stack trace.
final class RefusedField extends Exception {
  private final ErrorCode code;

  RefusedField(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static RefusedField bad(String message) {
    return new RefusedField(ErrorCode.BAD_REQUEST, message);
  }

  ErrorCode code() {
    return code;
  }
}
