package dev.parley.chaos.fault;

import dev.parley.chaos.schedule.FaultKind;

/// A fault that was done.
///
/// @param from microseconds since the run began
/// @param to when it was over: the process ready again, the link whole
public record InjectedFault(FaultKind kind, String target, long from, long to) {}
