package dev.parley.messages.internal;

import java.util.List;
import java.util.UUID;

/// The heads of conversations; those that the user may not read are missing.
record Heads(List<Head> heads) {
  /// The greatest sequence number given in a conversation.
  record Head(UUID conversation, long seq) {}
}
