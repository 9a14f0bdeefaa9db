package dev.parley.messages.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.contracts.Timestamps;
import dev.parley.contracts.event.EventDetail;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.contracts.json.JsonText;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Messages as they stand now, ascending.
///
/// @param more whether there are older ones
record MessagePage(List<Message> messages, boolean more) {
  /// A message.
  ///
  /// @param seq the number of the event that brought it
  /// @param at when it was sent, RFC 3339, UTC
  /// @param user who sent it
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Message(
      UUID conversation,
      UUID message,
      long seq,
      String at,
      UUID user,
      @Schema(type = SchemaType.OBJECT) JsonText content,
      @Nullable UUID replyTo) {

    /// The message that `event`, of kind `message`, has brought.
    static Message of(LoggedEvent event) {
      return new Message(
          event.conversation(),
          Objects.requireNonNull(event.request(), "every message has an id"),
          event.seq(),
          Timestamps.text(event.at()),
          event.user(),
          EventDetail.content(event.detail()),
          event.replyTo());
    }
  }
}
