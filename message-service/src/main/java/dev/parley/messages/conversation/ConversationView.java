package dev.parley.messages.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Timestamps;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation as one user sees it.
///
/// @param kind `direct`, `group` or `channel`
/// @param joinRole of channels: what people who join by themselves become
/// @param seq the head of its log
/// @param role the user's own; absent for a visitor of a channel
/// @param read the last sequence number that the user has read; absent for a visitor
/// @param members how many people are in it
/// @param createdAt RFC 3339, UTC
/// @param changed false after an update that changed nothing, else absent
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConversationView(
    UUID conversation,
    String kind,
    @Nullable String title,
    @Nullable String topic,
    @Nullable String joinRole,
    long seq,
    @Nullable String role,
    @Nullable Long read,
    int members,
    UUID createdBy,
    String createdAt,
    @Nullable Boolean changed) {

  /// The view of somebody whose row is `member`, null for a visitor.
  ///
  /// @param seq the head as it is now
  static ConversationView of(
      Conversation conversation, @Nullable Member member, long seq, boolean changed) {
    return new ConversationView(
        conversation.id,
        conversation.kind.wire(),
        conversation.title,
        conversation.topic,
        conversation.kind == ConversationKind.CHANNEL ? conversation.joinRole.wire() : null,
        seq,
        member == null ? null : member.role.wire(),
        member == null ? null : member.read,
        conversation.memberCount,
        conversation.createdBy,
        Timestamps.text(conversation.createdAt),
        changed ? null : Boolean.FALSE);
  }
}
