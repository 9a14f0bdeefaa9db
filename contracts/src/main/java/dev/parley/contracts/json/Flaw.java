package dev.parley.contracts.json;

import dev.parley.contracts.ErrorCode;

/// Why a JSON object must be refused although its form is right.
///
/// @param message for the client
public record Flaw(ErrorCode code, String message) {
  static Flaw bad(String message) {
    return new Flaw(ErrorCode.BAD_REQUEST, message);
  }

  static Flaw tooLarge(String message) {
    return new Flaw(ErrorCode.TOO_LARGE, message);
  }
}
