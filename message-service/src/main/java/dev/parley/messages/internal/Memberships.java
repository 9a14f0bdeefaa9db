package dev.parley.messages.internal;

import java.util.List;
import java.util.UUID;

/// The conversations that a user is in, most recently active first.
///
/// @param truncated whether there are more
record Memberships(List<UUID> conversations, boolean truncated) {}
