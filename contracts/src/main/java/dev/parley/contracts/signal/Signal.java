package dev.parley.contracts.signal;

import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.json.JsonText;
import java.util.UUID;

/// Something that a session tells a conversation outside its log.
public sealed interface Signal {
  UUID conversation();

  UUID user();

  /// The session that it came from; replied to if [#replyWanted()].
  ReplyAddress from();

  /// Whether the client gave an id and so is owed `done` or an error.
  boolean replyWanted();

  /// The user is typing.
  record Typing(UUID conversation, UUID user, ReplyAddress from, boolean replyWanted)
      implements Signal {}

  /// Whatever applications tell each other (cursors, live positions), at most once.
  ///
  /// @param name at most 64 bytes of UTF-8
  /// @param data compact JSON text of any value, at most 4 KiB
  record Custom(
      UUID conversation,
      UUID user,
      ReplyAddress from,
      boolean replyWanted,
      String name,
      JsonText data)
      implements Signal {}

  /// The user has read everything up to `seq`. Stored; only ever grows.
  record Read(UUID conversation, UUID user, ReplyAddress from, boolean replyWanted, long seq)
      implements Signal {}
}
