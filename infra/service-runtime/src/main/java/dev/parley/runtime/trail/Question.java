package dev.parley.runtime.trail;

import java.util.UUID;

/// What one process asks all others.
///
/// @param id names the list of answers
/// @param seq the event's number, 0 if the message is not in the log
public record Question(UUID id, UUID conversation, UUID message, long seq) {}
