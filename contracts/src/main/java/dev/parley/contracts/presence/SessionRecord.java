package dev.parley.contracts.presence;

import dev.parley.contracts.routing.SlotAddress;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a gateway tells the presence-service of its sessions. A gateway sends the records of one
/// partition ([SessionRecordCodec#partition]) in the order in which things happened; a session's
/// status is `online` until it says otherwise.
///
/// Nothing here needs to be sent twice: what got lost (with Redis, or because the topic was not to
/// be written for a time) comes again with the next snapshot. A gateway sends one
///
/// - when it has claimed its slot (an empty one says "I am here"),
/// - when [PresenceKeys#snapshotWanted()] holds another value than at its last snapshot; it looks
///   when it renews its lease,
/// - when it has its Redis connection back, and when a record could not be written,
/// - every 5 minutes, as a last net.
public sealed interface SessionRecord {
  /// The gateway and its incarnation; the sessions end when its lease has ended for good.
  SlotAddress gateway();

  /// A session was opened (`connected` is about to be sent).
  ///
  /// @param at epoch milliseconds, by the gateway's clock
  record Opened(SlotAddress gateway, UUID user, UUID session, long at) implements SessionRecord {}

  /// A session has ended, by whoever's doing.
  ///
  /// @param at epoch milliseconds, by the gateway's clock: the user may have been last seen then
  record Closed(SlotAddress gateway, UUID user, UUID session, long at) implements SessionRecord {}

  /// A session says how its user is.
  ///
  /// @param at epoch milliseconds, by the gateway's clock
  /// @param text at most [PresenceStatus#TEXT_BYTES]
  record Status(
      SlotAddress gateway,
      UUID user,
      UUID session,
      long at,
      PresenceStatus status,
      @Nullable String text)
      implements SessionRecord {}

  /// One part of all live sessions of a gateway, as far as they belong to one partition of
  /// `sessions`. Every partition gets all parts of its own, at least one, in order, after what
  /// happened before and ahead of what happens later. Sessions that no part names have ended.
  ///
  /// @param number grows with each snapshot of the incarnation
  /// @param part from 0
  /// @param last whether no further part follows in this partition
  /// @param sessions at most about [#SESSIONS_IN_PART]; all of one user in the same part
  record Snapshot(
      SlotAddress gateway, long number, int part, boolean last, List<LiveSession> sessions)
      implements SessionRecord {
    /// Where a part ends, so that a record stays below 150 KB.
    public static final int SESSIONS_IN_PART = 250;

    public Snapshot {
      sessions = List.copyOf(sessions);
    }
  }

  /// A session in a snapshot.
  ///
  /// @param at when it was opened or said its status, the later; epoch milliseconds
  record LiveSession(
      UUID user, UUID session, long at, PresenceStatus status, @Nullable String text) {}
}
