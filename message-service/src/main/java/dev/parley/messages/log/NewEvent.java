package dev.parley.messages.log;

import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.contracts.json.JsonText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change that has been decided and has no number yet.
///
/// @param user who does it
/// @param member whom it is about (`joined`, `left`, `role`)
/// @param request the message's id, or the request id of another change where there is one
/// @param replyTo the message that this one answers
/// @param detail see [EventDetail]
public record NewEvent(
    EventKind kind,
    UUID user,
    @Nullable UUID member,
    @Nullable UUID request,
    @Nullable UUID replyTo,
    JsonText detail) {

  /// The event as it enters the log of `conversation`.
  public LoggedEvent at(UUID conversation, long seq, long at) {
    return new LoggedEvent(
        conversation, seq, at, kind.wire(), user, member, request, replyTo, detail);
  }
}
