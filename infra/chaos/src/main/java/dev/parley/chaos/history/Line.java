package dev.parley.chaos.history;

/// One line of a client's file.
///
/// @param at microseconds since the run began, by the one clock of the harness's process
public record Line(long at, Entry what) {}
