package dev.parley.presence.state;

import java.time.Duration;

/// How long changes wait before they are told.
///
/// @param settle what stands shorter than this is not told
/// @param grace how long somebody may be gone without being told offline
public record Timing(Duration settle, Duration grace) {}
