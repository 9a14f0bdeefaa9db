package dev.parley.gateway.feed;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/// The conversations that a client has unsubscribed though it asked for all: it is not subscribed
/// to them again behind its back. Of the [#MOST] that it unsubscribed last.
final class Declined {
  static final int MOST = 5000;

  private final Set<UUID> conversations = new LinkedHashSet<>(0);

  void add(UUID conversation) {
    conversations.add(conversation);
    if (conversations.size() > MOST) {
      conversations.remove(conversations.iterator().next());
    }
  }

  void remove(UUID conversation) {
    conversations.remove(conversation);
  }

  boolean contains(UUID conversation) {
    return conversations.contains(conversation);
  }
}
