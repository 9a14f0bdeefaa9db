package dev.parley.chaos.client;

/// How somebody uses their device.
public enum Habit {
  /// Writes now and then.
  STEADY,
  /// Says nothing for long, and then ten things at once.
  BURSTY,
  /// Stops reading for seconds, again and again.
  SLOW,
  /// Loses the connection every few seconds.
  RESTLESS;

  /// Whether such a device is behind or away by its own choice.
  public boolean lags() {
    return this == SLOW || this == RESTLESS;
  }
}
