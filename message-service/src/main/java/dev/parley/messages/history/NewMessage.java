package dev.parley.messages.history;

import dev.parley.contracts.content.Content;
import dev.parley.contracts.content.InvalidContent;
import dev.parley.contracts.json.JsonText;
import dev.parley.messages.request.Body;
import dev.parley.runtime.problem.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message that somebody wants to send.
///
/// @param message its id, made by the client
/// @param content as it will be stored and served, in the same bytes as over a socket
record NewMessage(UUID message, JsonText content, @Nullable UUID replyTo) {
  /// Reads and checks the request.
  ///
  /// @throws Problem naming the member that is wrong
  static NewMessage of(Body body) {
    UUID message = body.id("message");
    UUID replyTo = body.optionalId("replyTo");
    try {
      return new NewMessage(message, Content.check(body.value("content")), replyTo);
    } catch (InvalidContent e) {
      throw new Problem(e.code(), String.valueOf(e.getMessage()));
    }
  }
}
