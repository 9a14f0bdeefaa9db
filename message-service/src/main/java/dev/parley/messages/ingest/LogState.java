package dev.parley.messages.ingest;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import java.util.Map;
import java.util.UUID;

/// What a batch must know of the logs it touches, read under the locks of their conversations.
///
/// @param heads conversations that exist
/// @param known events that have one of the ids in the batch: duplicates, and messages replied to
/// @param roles of the senders; a stranger is missing
record LogState(Map<UUID, Head> heads, Map<RequestKey, Known> known, Map<MemberKey, Role> roles) {

  /// The end of a log.
  ///
  /// @param seq number of its last event
  /// @param at time of its last event, epoch milliseconds
  record Head(ConversationKind kind, long seq, long at) {}

  /// A message or request id, which is unique in its conversation.
  record RequestKey(UUID conversation, UUID request) {}

  /// A user in a conversation.
  record MemberKey(UUID conversation, UUID user) {}

  /// An event that is in the log already.
  record Known(long seq, long at, String kind, UUID user) {}
}
