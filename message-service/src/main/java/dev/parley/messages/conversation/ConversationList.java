package dev.parley.messages.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.contracts.json.JsonText;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A page of the conversations that a user is in, most recently active first.
///
/// @param cursor gives the next page; absent on the last one
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConversationList(List<Entry> conversations, @Nullable String cursor) {
  /// One conversation.
  ///
  /// @param peer of direct conversations: the other one
  /// @param seq the head of its log
  /// @param role the user's own
  /// @param read the last sequence number that the user has read
  /// @param unread others' messages above `read`, counted up to 100
  /// @param last the event at the head
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Entry(
      UUID conversation,
      String kind,
      @Nullable String title,
      @Nullable String topic,
      @Nullable UUID peer,
      long seq,
      String role,
      long read,
      int unread,
      @Schema(type = SchemaType.OBJECT) JsonText last) {}
}
