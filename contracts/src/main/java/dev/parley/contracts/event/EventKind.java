package dev.parley.contracts.event;

import java.util.Locale;

/// The kinds of events that this version writes.
public enum EventKind {
  CREATED,
  JOINED,
  LEFT,
  ROLE,
  UPDATED,
  MESSAGE;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /// The kind as clients see it, for example `message`.
  public String wire() {
    return wire;
  }

  /// Whether `kind` is this kind's name.
  public boolean is(String kind) {
    return wire.equals(kind);
  }
}
