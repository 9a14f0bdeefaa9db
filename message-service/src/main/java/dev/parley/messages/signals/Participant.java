package dev.parley.messages.signals;

import java.util.UUID;

/// A user and a conversation that they speak of; neither membership nor existence is said.
record Participant(UUID conversation, UUID user) {}
