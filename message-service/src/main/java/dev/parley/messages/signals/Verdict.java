package dev.parley.messages.signals;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.signal.Signal;
import dev.parley.messages.permission.Decision;
import dev.parley.messages.permission.Operation.Plain;
import dev.parley.messages.permission.Permissions;
import org.jspecify.annotations.Nullable;

/// What becomes of a signal.
sealed interface Verdict {
  /// It is done, and others see it if `shown`.
  record Done(boolean shown) implements Verdict {}

  /// It is refused.
  ///
  /// @param message one sentence for people
  record Refused(ErrorCode code, String message) implements Verdict {}

  /// Decides about `signal`. Pure.
  ///
  /// @param standing of the signal's user in its conversation; null: there is no such conversation
  /// @param membersMax the most members with which others see signals
  static Verdict on(Signal signal, @Nullable Standing standing, int membersMax) {
    if (standing == null) {
      return refused(Permissions.UNKNOWN);
    }
    Plain operation =
        switch (signal) {
          case Signal.Typing t -> Plain.SIGNAL;
          case Signal.Custom c -> Plain.SIGNAL;
          case Signal.Read r -> Plain.MARK_READ;
        };
    return switch (Permissions.decide(standing.kind(), standing.role(), operation)) {
      case Decision.Refused no -> refused(no);
      case Decision.Allowed yes ->
          signal instanceof Signal.Read read && read.seq() > standing.head()
              ? new Refused(ErrorCode.BAD_REQUEST, "seq is above the end of the log.")
              : new Done(standing.members() <= membersMax);
    };
  }

  private static Verdict refused(Decision.Refused no) {
    return new Refused(no.code(), no.message());
  }
}
