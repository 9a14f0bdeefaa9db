package dev.parley.messages.permission;

import dev.parley.contracts.ErrorCode;

/// What [Permissions] says to an operation.
public sealed interface Decision {
  /// Go ahead.
  record Allowed() implements Decision {}

  /// No, and what to tell the asker.
  ///
  /// @param message one sentence for people; gives nothing away that the asker may not know
  record Refused(ErrorCode code, String message) implements Decision {}

  default boolean allowed() {
    return this instanceof Allowed;
  }
}
