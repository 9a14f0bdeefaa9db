package dev.parley.chaos.check;

/// What a verdict rests on: a check that saw little proves little.
///
/// @param devices files read
/// @param torn files whose last line was cut
/// @param connections that were opened, to the `connected`
/// @param rows of the log
/// @param acknowledged messages and other changes that were acknowledged, each once
/// @param repeated acknowledgements of something acknowledged before
/// @param ambiguous messages and changes without any answer but an ambiguous one
/// @param ambiguousApplied of these, with an id, how many are in the log
/// @param events seen by sessions
/// @param pages of the log that were read
/// @param readsAfterAcknowledge of these, those read to find what was just acknowledged
/// @param behind times that a session was told what it missed
/// @param excused numbers that a device was not owed, because its client did not ask for them
public record Tally(
    long devices,
    long torn,
    long connections,
    long rows,
    long acknowledged,
    long repeated,
    long ambiguous,
    long ambiguousApplied,
    long events,
    long pages,
    long readsAfterAcknowledge,
    long behind,
    long excused) {}
