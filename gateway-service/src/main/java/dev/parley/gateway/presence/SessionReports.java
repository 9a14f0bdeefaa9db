package dev.parley.gateway.presence;

import dev.parley.contracts.presence.PresenceStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tells the presence-service of this gateway's sessions. Any thread; nothing blocks; what cannot
/// be told now is told by the next snapshot.
public interface SessionReports {
  /// A session is about to be open.
  void opened(UUID user, UUID session);

  /// A session says how its user is.
  void status(UUID user, UUID session, PresenceStatus status, @Nullable String text);

  /// A session that was opened has ended.
  void closed(UUID user, UUID session);
}
