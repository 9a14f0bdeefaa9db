package dev.parley.messages.history;

import dev.parley.contracts.json.JsonText;
import java.util.List;

/// A part of a log.
///
/// @param events as clients see them, ascending, without a hole
/// @param first number of the first event; 0 if there is none
/// @param more whether further events exist in the direction read
/// @param head the greatest number that was given when this was read
public record EventPage(List<JsonText> events, long first, boolean more, long head) {}
