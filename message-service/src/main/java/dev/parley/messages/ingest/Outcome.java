package dev.parley.messages.ingest;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.event.LoggedEvent;

/// What became of a command.
sealed interface Outcome {
  /// It is a new event of the log.
  record Logged(LoggedEvent event) implements Outcome {}

  /// It was applied before; this is what it was then.
  record Repeated(LogState.Known first) implements Outcome {}

  /// It changes nothing and leaves no trace.
  ///
  /// @param message one sentence for people
  record Refused(ErrorCode code, String message) implements Outcome {}
}
