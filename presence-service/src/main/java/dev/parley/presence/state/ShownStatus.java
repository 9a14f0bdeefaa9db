package dev.parley.presence.state;

import java.util.Locale;

/// What others see of a user. Whoever is invisible is `OFFLINE` here: beyond the sessions
/// themselves nothing knows the difference.
public enum ShownStatus {
  ONLINE,
  AWAY,
  BUSY,
  OFFLINE;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /// The name on the wire.
  public String wire() {
    return wire;
  }

  /// Whether others see that the user is there.
  public boolean visible() {
    return this != OFFLINE;
  }
}
