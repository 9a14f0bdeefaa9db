package dev.parley.contracts.command;

import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.json.JsonText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change to a conversation's log that a session asked for. The gateway has checked its form, its
/// token and its rate; whether it is allowed is decided by the message-service.
public sealed interface Command {
  UUID conversation();

  /// Who asks.
  UUID user();

  /// The message or request id that makes repetitions harmless: unique within the conversation.
  UUID request();

  /// Who is owed the answer.
  ReplyAddress reply();

  /// A new message.
  ///
  /// @param request the message's id, made by the client
  /// @param content compact UTF-8 text of a JSON object, checked by the gateway
  record Send(
      UUID conversation,
      UUID user,
      UUID request,
      ReplyAddress reply,
      @Nullable UUID replyTo,
      JsonText content)
      implements Command {}
}
