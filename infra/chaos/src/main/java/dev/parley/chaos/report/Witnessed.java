package dev.parley.chaos.report;

import dev.parley.chaos.report.Moments.Moment;
import java.util.List;

/// What was seen while faults were done.
///
/// @param acknowledged messages that were sent over a WebSocket, each for the first time
/// @param behind somebody was found behind
/// @param delivered messages came to a device; how long after their first attempt
/// @param refused attempts to send were answered with an error
public record Witnessed(
    List<Moment> acknowledged, List<Moment> behind, List<Moment> delivered, List<Moment> refused) {}
