package dev.parley.gateway.feed;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.ReplyAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The `sent` or `done` that a session of this gateway is owed, in the place of event `seq`, for
/// the command that led to it. Small, since up to all unanswered commands of a session wait so
/// while it catches up.
///
/// @param message whether the event is a message
/// @param request the message's id, or that of another change
record OwedReply(
    ReplyAddress to,
    UUID conversation,
    long seq,
    long at,
    boolean message,
    @Nullable UUID request) {
  /// The reply that `event` settles, null if it settles none.
  static @Nullable OwedReply of(Delivery.Event event) {
    return event.reply() == null
        ? null
        : new OwedReply(
            event.reply(),
            event.conversation(),
            event.seq(),
            event.at(),
            event.kind().equals("message"),
            event.message());
  }
}
