package dev.parley.messages.permission;

import dev.parley.contracts.Role;
import org.jspecify.annotations.Nullable;

/// Something that a user wants to do with a conversation that exists. Opening a conversation is not
/// among them: every signed-in user may.
public sealed interface Operation {
  /// The operations whose answer depends on the kind and the asker's role alone.
  enum Plain implements Operation {
    /// Subscribe, history, events, messages, members, the conversation itself.
    READ,
    /// See who is banned.
    READ_BANNED,
    /// Move one's own read position.
    MARK_READ,
    /// Add a message.
    SEND,
    /// Typing and other signals that are not kept.
    SIGNAL,
    /// Change title, topic or the role that those who join get.
    UPDATE,
    /// Become a member of a channel by oneself.
    JOIN,
    /// Stop being a member by oneself.
    LEAVE,
    /// Give a member another role, be it oneself; not a ban.
    CHANGE_ROLE
  }

  /// Make somebody a member; also lifts a ban.
  ///
  /// @param granted the role they get, never `BANNED`
  record Add(Role granted) implements Operation {}

  /// End somebody else's membership, or lift their ban.
  ///
  /// @param target their role now, null: no member
  record Remove(@Nullable Role target) implements Operation {}

  /// Shut somebody out.
  ///
  /// @param target their role now, null: no member
  record Ban(@Nullable Role target) implements Operation {}
}
