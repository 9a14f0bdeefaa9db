package dev.parley.chaos.history;

/// Why a client reads the log.
public enum Purpose {
  /// It was told `behind`.
  BEHIND,
  /// It was just acknowledged something, and must find it.
  AFTER_ACKNOWLEDGE,
  /// The last comparison, when all is at rest.
  FINAL,
  /// It looks around, as people do.
  LOOK
}
