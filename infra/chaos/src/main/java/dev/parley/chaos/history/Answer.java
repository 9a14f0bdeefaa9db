package dev.parley.chaos.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What came of a [Wish]. Each attempt has one of these at most; one whose connection ended has
/// none, and may have been applied.
public sealed interface Answer extends Entry {

  /// Id of the [Wish].
  UUID id();

  /// Attempt that is answered. On the socket the one whose command id the reply carried.
  int attempt();

  /// Saw `sent`, or the 200 of REST.
  ///
  /// @param time `at` of the reply, epoch milliseconds
  record Sent(
      UUID conversation, UUID id, int attempt, Via via, long seq, boolean repeated, long time)
      implements Answer {}

  /// Saw `done`, or the 200 or 201 of REST.
  ///
  /// @param seq null where nothing has changed
  /// @param repeated whether the answer says so
  /// @param time `at` of the reply, epoch milliseconds; null where nothing has changed
  record Done(
      UUID conversation,
      UUID id,
      int attempt,
      Via via,
      @Nullable Long seq,
      boolean repeated,
      @Nullable Long time)
      implements Answer {}

  /// Saw that a conversation was opened, or found again.
  ///
  /// @param seq the head of its log
  record Created(UUID id, int attempt, UUID conversation, long seq, boolean repeated)
      implements Answer {}

  /// Saw an error with a code. `timeout` and `internal` leave it open whether it was applied, every
  /// other code says that it was not.
  ///
  /// @param code of the protocol's list, for example `forbidden`; REST's `code`
  record Refused(UUID id, int attempt, Via via, String code, @Nullable Long retryAfter)
      implements Answer {
    /// Whether the change may have been applied all the same.
    public boolean ambiguous() {
      return code.equals("timeout") || code.equals("internal");
    }
  }

  /// No answer, or none of Parley's: the request of REST failed on the way, the entry answered in
  /// the place of a service, or the client waits no longer.
  record Unknown(UUID id, int attempt, Via via, String cause) implements Answer {}
}
