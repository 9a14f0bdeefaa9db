package dev.parley.presence.state;

import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.presence.SessionRecord.LiveSession;
import dev.parley.contracts.routing.SlotAddress;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that happens to the sessions of one user.
public sealed interface Change {
  /// When it happened, epoch milliseconds by the clock of whoever saw it.
  long at();

  /// A session was opened.
  record Opened(SlotAddress gateway, UUID session, long at) implements Change {}

  /// A session has ended.
  record Closed(UUID session, long at) implements Change {}

  /// A session says how its user is.
  record Said(
      SlotAddress gateway, UUID session, long at, PresenceStatus status, @Nullable String text)
      implements Change {}

  /// These are all of the user's live sessions at a gateway.
  record Listed(SlotAddress gateway, List<LiveSession> sessions, long at) implements Change {
    public Listed {
      sessions = List.copyOf(sessions);
    }
  }

  /// A gateway is gone for good, the grace time has passed already.
  ///
  /// @param at when the gateway was last known to be alive
  record Lost(SlotAddress gateway, long at) implements Change {}
}
