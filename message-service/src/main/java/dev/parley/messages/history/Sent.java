package dev.parley.messages.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.contracts.Timestamps;
import dev.parley.contracts.event.LoggedEvent;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message has its number; the same object as on the socket.
///
/// @param type always `sent`
/// @param at when it was committed, RFC 3339, UTC
/// @param repeated true if it was there before this request, else absent
@JsonInclude(JsonInclude.Include.NON_NULL)
record Sent(
    String type, UUID conversation, UUID message, long seq, String at, @Nullable Boolean repeated) {

  static Sent of(LoggedEvent event, boolean repeated) {
    return new Sent(
        "sent",
        event.conversation(),
        Objects.requireNonNull(event.request(), "every message has an id"),
        event.seq(),
        Timestamps.text(event.at()),
        repeated ? Boolean.TRUE : null);
  }

  /// The same answer to a repetition.
  Sent again() {
    return new Sent(type, conversation, message, seq, at, true);
  }
}
