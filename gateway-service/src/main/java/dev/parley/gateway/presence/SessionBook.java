package dev.parley.gateway.presence;

import dev.parley.contracts.Topics;
import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.presence.SessionRecord;
import dev.parley.contracts.presence.SessionRecord.LiveSession;
import dev.parley.contracts.presence.SessionRecord.Snapshot;
import dev.parley.contracts.presence.SessionRecordCodec;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.route.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/// All open sessions of this gateway as the presence-service is to know them. Not thread-safe: one
/// thread keeps it, so that changes and snapshots are told in the order in which they happened.
final class SessionBook {
  private final Map<UUID, LiveSession> sessions = new LinkedHashMap<>();
  private final Slot slot;
  private final ObjIntConsumer<SessionRecord> out;
  private @Nullable SlotAddress gateway;
  private long snapshots;

  /// @param slot tells first that the place is lost
  /// @param out takes a record and its partition of `sessions`
  SessionBook(Slot slot, ObjIntConsumer<SessionRecord> out) {
    this.slot = slot;
    this.out = out;
  }

  /// The gateway has got a place; null: it has none, and tells nothing until it has one again.
  void place(@Nullable SlotAddress address) {
    gateway = address;
    snapshot();
  }

  void opened(UUID user, UUID session, long at) {
    sessions.put(session, new LiveSession(user, session, at, PresenceStatus.ONLINE, null));
    if (gateway != null && holds(gateway)) {
      tell(user, new SessionRecord.Opened(gateway, user, session, at));
    }
  }

  void status(UUID user, UUID session, long at, PresenceStatus status, @Nullable String text) {
    LiveSession live = new LiveSession(user, session, at, status, text);
    if (sessions.replace(session, live) != null && gateway != null && holds(gateway)) {
      tell(user, new SessionRecord.Status(gateway, user, session, at, status, text));
    }
  }

  void closed(UUID user, UUID session, long at) {
    if (sessions.remove(session) != null && gateway != null) {
      tell(user, new SessionRecord.Closed(gateway, user, session, at));
    }
  }

  /// Tells everything anew, to every partition.
  void snapshot() {
    if (gateway == null || !holds(gateway)) {
      return;
    }
    snapshots++;
    List<List<LiveSession>> byPartition = new ArrayList<>(Topics.SESSION_PARTITIONS);
    for (int i = 0; i < Topics.SESSION_PARTITIONS; i++) {
      byPartition.add(new ArrayList<>());
    }
    for (LiveSession live : sessions.values()) {
      byPartition.get(SessionRecordCodec.partition(live.user())).add(live);
    }
    for (int partition = 0; partition < Topics.SESSION_PARTITIONS; partition++) {
      snapshot(gateway, partition, byPartition.get(partition));
    }
  }

  // A gateway that stood still was taken for dead: what it says when it wakes up would bring
  // sessions back that are over.
  private boolean holds(SlotAddress place) {
    return slot.address().filter(place::equals).isPresent();
  }

  private void snapshot(SlotAddress address, int partition, List<LiveSession> live) {
    // Sorted by user, so that a part can end between two users.
    live.sort((one, other) -> one.user().compareTo(other.user()));
    int part = 0;
    int from = 0;
    do {
      int to = Math.min(from + Snapshot.SESSIONS_IN_PART, live.size());
      while (to > 0 && to < live.size() && live.get(to).user().equals(live.get(to - 1).user())) {
        to++;
      }
      boolean last = to == live.size();
      out.accept(new Snapshot(address, snapshots, part++, last, live.subList(from, to)), partition);
      from = to;
    } while (from < live.size());
  }

  private void tell(UUID user, SessionRecord record) {
    out.accept(record, SessionRecordCodec.partition(user));
  }
}
