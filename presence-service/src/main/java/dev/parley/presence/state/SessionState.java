package dev.parley.presence.state;

import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.routing.SlotAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One session of a user.
///
/// @param at when it was opened or said its status, epoch milliseconds
/// @param lingersUntil 0 while it is live; after its end the time until which its status still
///   counts, so that a client that reconnects can say it again before anybody notices
public record SessionState(
    UUID session,
    SlotAddress gateway,
    PresenceStatus status,
    @Nullable String text,
    long at,
    long lingersUntil) {

  /// Whether it has not ended.
  public boolean live() {
    return lingersUntil == 0;
  }

  SessionState ended(long lingersUntil) {
    return new SessionState(session, gateway, status, text, at, lingersUntil);
  }
}
