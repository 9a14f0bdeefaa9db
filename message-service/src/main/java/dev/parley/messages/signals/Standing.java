package dev.parley.messages.signals;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import org.jspecify.annotations.Nullable;

/// A user's standing in a conversation that exists.
///
/// @param head number of the last event
/// @param members how many there are
/// @param role null: neither member nor banned
record Standing(ConversationKind kind, long head, int members, @Nullable Role role) {}
