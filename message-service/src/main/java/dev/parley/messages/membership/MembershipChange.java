package dev.parley.messages.membership;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.contracts.Role;
import dev.parley.contracts.Timestamps;
import dev.parley.contracts.event.LoggedEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How somebody stands to a conversation after a request.
///
/// @param user whom it is about
/// @param role their role now; absent if they are not in it
/// @param seq the number of the event that says so; absent if nothing has changed
/// @param at when, RFC 3339, UTC; absent if nothing has changed
/// @param changed false if it was so already, else absent
/// @param repeated true in the answer to a request that repeats an `Idempotency-Key`, else absent
@JsonInclude(JsonInclude.Include.NON_NULL)
record MembershipChange(
    UUID conversation,
    UUID user,
    @Nullable String role,
    @Nullable Long seq,
    @Nullable String at,
    @Nullable Boolean changed,
    @Nullable Boolean repeated) {

  /// What `event` has brought about.
  static MembershipChange by(LoggedEvent event, UUID user, @Nullable Role role) {
    return new MembershipChange(
        event.conversation(),
        user,
        wire(role),
        event.seq(),
        Timestamps.text(event.at()),
        null,
        null);
  }

  /// It was so already.
  static MembershipChange none(UUID conversation, UUID user, @Nullable Role role) {
    return new MembershipChange(conversation, user, wire(role), null, null, false, null);
  }

  /// The same answer to a repetition.
  MembershipChange again() {
    return new MembershipChange(conversation, user, role, seq, at, changed, true);
  }

  private static @Nullable String wire(@Nullable Role role) {
    return role == null ? null : role.wire();
  }
}
