package dev.parley.contracts.presence;

import org.jspecify.annotations.Nullable;

/// What a session says of its user. What others see of the user is made of all of the user's
/// sessions and is one of these or `offline` or `unknown`, never `invisible`.
public enum PresenceStatus {
  ONLINE("online"),
  AWAY("away"),
  BUSY("busy"),
  INVISIBLE("invisible");

  /// The longest text beside a status ("in a call"), in bytes of UTF-8.
  public static final int TEXT_BYTES = 256;

  private final String wire;

  PresenceStatus(String wire) {
    this.wire = wire;
  }

  /// The name on the wire.
  public String wire() {
    return wire;
  }

  /// The status that `wire` names, else null.
  public static @Nullable PresenceStatus of(@Nullable String wire) {
    for (PresenceStatus status : values()) {
      if (status.wire.equals(wire)) {
        return status;
      }
    }
    return null;
  }
}
