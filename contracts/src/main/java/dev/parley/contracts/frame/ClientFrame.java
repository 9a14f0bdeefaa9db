package dev.parley.contracts.frame;

import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.presence.PresenceStatus;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A command of a client whose form is right. What it names may not exist or not be allowed.
public sealed interface ClientFrame {
  /// The number that the client gave it and wants to see in the reply; empty: no reply is wanted.
  OptionalLong id();

  /// The command's name on the wire, for example `subscribe`.
  default String type() {
    return switch (this) {
      case Connect f -> "connect";
      case Refresh f -> "refresh";
      case Subscribe f -> "subscribe";
      case Unsubscribe f -> "unsubscribe";
      case History f -> "history";
      case Send f -> "send";
      case Typing f -> "typing";
      case Signal f -> "signal";
      case Read f -> "read";
      case Presence f -> "presence";
      case Watch f -> "watch";
      case Unwatch f -> "unwatch";
      case Ping f -> "ping";
    };
  }

  /// Opens the session.
  ///
  /// @param token an access token; null if it came with the handshake
  /// @param device a label for people, at most 128 bytes
  /// @param all whether to subscribe every conversation of the user (`all`) or none
  /// @param resume the last event seen of each conversation
  record Connect(
      OptionalLong id,
      @Nullable String token,
      @Nullable String device,
      boolean all,
      Map<UUID, Long> resume)
      implements ClientFrame {}

  /// Prolongs the session with a newer token.
  record Refresh(OptionalLong id, String token) implements ClientFrame {}

  /// Begins a subscription.
  ///
  /// @param after the last event seen; empty: begin at the head
  record Subscribe(OptionalLong id, UUID conversation, OptionalLong after) implements ClientFrame {}

  /// Ends a subscription.
  record Unsubscribe(OptionalLong id, UUID conversation) implements ClientFrame {}

  /// Reads the log.
  ///
  /// @param limit from 1 to [Limits#HISTORY]
  record History(
      OptionalLong id, UUID conversation, OptionalLong after, OptionalLong before, int limit)
      implements ClientFrame {}

  /// Posts a message.
  ///
  /// @param message the id that the client made for the message
  /// @param content checked and compact
  /// @param trace whether the reply is to name the message's trace
  record Send(
      OptionalLong id,
      UUID conversation,
      UUID message,
      @Nullable UUID replyTo,
      JsonText content,
      boolean trace)
      implements ClientFrame {}

  /// The user is typing.
  record Typing(OptionalLong id, UUID conversation) implements ClientFrame {}

  /// Tells the others something of the application's own.
  ///
  /// @param name 1 to [Limits#SIGNAL_NAME] bytes
  /// @param data any JSON value, compact, at most [Limits#SIGNAL_DATA] bytes
  record Signal(OptionalLong id, UUID conversation, String name, JsonText data)
      implements ClientFrame {}

  /// The user has read everything up to `seq`, which is at least 1.
  record Read(OptionalLong id, UUID conversation, long seq) implements ClientFrame {}

  /// How the user is, says this session.
  record Presence(OptionalLong id, PresenceStatus status, @Nullable String text)
      implements ClientFrame {}

  /// Asks for the presence of users and for its changes.
  ///
  /// @param users distinct, at most [Limits#WATCHED]
  record Watch(OptionalLong id, List<UUID> users) implements ClientFrame {}

  /// Ends that.
  ///
  /// @param users distinct, at most [Limits#WATCHED]
  record Unwatch(OptionalLong id, List<UUID> users) implements ClientFrame {}

  /// Answered with `pong`.
  record Ping(OptionalLong id) implements ClientFrame {}
}
