package dev.parley.chaos.schedule;

import java.time.Duration;
import java.util.List;

/// One or two faults that overlap or follow each other closely. The next round begins when all
/// clients have caught up and the pause is over.
public record Round(List<PlannedFault> faults, Duration pause) {}
