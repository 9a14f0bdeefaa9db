package dev.parley.presence.shard;

import static java.util.stream.Collectors.groupingBy;

import dev.parley.contracts.presence.SessionRecord;
import dev.parley.contracts.presence.SessionRecord.LiveSession;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.presence.redis.FencedWrite;
import dev.parley.presence.state.Change;
import dev.parley.presence.state.Tracking;
import dev.parley.presence.state.UserState;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Applies what gateways say to one shard: states are read, changed by [Tracking] and written in
/// one step together with the position, so that every record counts exactly once. Blocks; not
/// thread-safe.
final class Intake {
  /// Users in one write, give or take a part of a snapshot: some 100 KB.
  private static final int CHUNK = 250;

  private final ShardStore store;
  private final Tracking tracking;
  private final Clock clock;
  private final Map<SlotAddress, Snapshotting> gateways;

  /// @param offset of the record
  record Entry(long offset, SessionRecord record) {}

  /// @param gateways those known to the shard; kept up to date here
  Intake(
      ShardStore store, Tracking tracking, Clock clock, Map<SlotAddress, Snapshotting> gateways) {
    this.store = store;
    this.tracking = tracking;
    this.clock = clock;
    this.gateways = gateways;
  }

  /// Applies `entries`, all that lies before offset `next`.
  void apply(List<Entry> entries, long next) {
    int from = 0;
    int users = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      users += entry.record() instanceof SessionRecord.Snapshot part ? part.sessions().size() : 1;
      if (entry.record() instanceof SessionRecord.Snapshot snapshot && snapshot.last()) {
        // The position stays at this record until those it does not name are gone as well.
        applySome(entries.subList(from, i + 1), entry.offset());
        finish(snapshot, entry.offset() + 1);
        from = i + 1;
        users = 0;
      } else if (users >= CHUNK) {
        applySome(entries.subList(from, i + 1), entry.offset() + 1);
        from = i + 1;
        users = 0;
      }
    }
    applySome(entries.subList(from, entries.size()), next);
  }

  /// All sessions of `gateway` are gone; others could see their users at `lastAlive` for the last
  /// time.
  void lose(SlotAddress gateway, long lastAlive) {
    Change lost = new Change.Lost(gateway, lastAlive);
    List<UUID> users = store.usersAt(gateway, CHUNK);
    while (!users.isEmpty()) {
      changeAll(users, gateway, lost);
      users = store.usersAt(gateway, CHUNK);
    }
    store.commit(
        store
            .write()
            .add("HDEL", store.keys().gateways(), gateway)
            .add("DEL", store.keys().gateway(gateway)));
    gateways.remove(gateway);
  }

  private void applySome(List<Entry> entries, long next) {
    if (entries.isEmpty() && Objects.equals(store.position(), next)) {
      return;
    }
    Map<UUID, UserState> states = store.load(users(entries));
    FencedWrite write = store.write();
    Map<SlotAddress, Map<UUID, Long>> named = new HashMap<>();
    long now = clock.millis();
    for (Entry entry : entries) {
      SlotAddress gateway = entry.record().gateway();
      note(write, entry);
      changes(entry.record(), now)
          .forEach((user, change) -> {
            states.compute(user, (u, state) -> tracking.apply(known(state), change, now));
            named.computeIfAbsent(gateway, g -> new HashMap<>()).put(user, entry.offset());
          });
    }
    states.forEach((user, state) -> store.put(write, user, state));
    named.forEach((gateway, users) ->
        users.forEach(
            (user, offset) -> index(write, gateway, user, known(states.get(user)), offset)));
    store.commit(write, next);
  }

  /// Whom the whole snapshot did not name is not at the gateway.
  private void finish(SessionRecord.Snapshot snapshot, long next) {
    SlotAddress gateway = snapshot.gateway();
    Snapshotting begun = gateways.getOrDefault(gateway, Snapshotting.NONE);
    FencedWrite write = store.write();
    if (begun.number() == snapshot.number()) {
      Change none = new Change.Listed(gateway, List.of(), clock.millis());
      List<UUID> users = store.usersNotNamedSince(gateway, begun.begin(), CHUNK);
      while (!users.isEmpty()) {
        changeAll(users, gateway, none);
        users = store.usersNotNamedSince(gateway, begun.begin(), CHUNK);
      }
      gateways.put(gateway, begun.finished());
      write.add("HSET", store.keys().gateways(), gateway, begun.finished());
    }
    store.commit(write, next);
  }

  private void changeAll(List<UUID> users, SlotAddress gateway, Change change) {
    FencedWrite write = store.write();
    long now = clock.millis();
    store
        .load(users)
        .forEach((user, state) -> {
          store.put(write, user, tracking.apply(state, change, now));
          write.add("ZREM", store.keys().gateway(gateway), user);
        });
    store.commit(write);
  }

  private void note(FencedWrite write, Entry entry) {
    SlotAddress gateway = entry.record().gateway();
    if (entry.record() instanceof SessionRecord.Snapshot snapshot && snapshot.part() == 0) {
      gateways.put(gateway, new Snapshotting(snapshot.number(), entry.offset(), false));
    } else if (gateways.containsKey(gateway)) {
      return;
    } else {
      gateways.put(gateway, Snapshotting.NONE);
    }
    write.add(
        "HSET",
        store.keys().gateways(),
        gateway,
        gateways.getOrDefault(gateway, Snapshotting.NONE));
  }

  private void index(
      FencedWrite write, SlotAddress gateway, UUID user, UserState state, long offset) {
    String key = store.keys().gateway(gateway);
    if (state.isAt(gateway)) {
      write.add("ZADD", key, offset, user);
    } else {
      write.add("ZREM", key, user);
    }
  }

  private static Set<UUID> users(Collection<Entry> entries) {
    Set<UUID> users = new LinkedHashSet<>();
    for (Entry entry : entries) {
      switch (entry.record()) {
        case SessionRecord.Opened o -> users.add(o.user());
        case SessionRecord.Closed c -> users.add(c.user());
        case SessionRecord.Status s -> users.add(s.user());
        case SessionRecord.Snapshot s -> s.sessions().forEach(session -> users.add(session.user()));
      }
    }
    return users;
  }

  /// What `record` means for each user. Clocks of gateways that run ahead do not count.
  private static Map<UUID, Change> changes(SessionRecord record, long now) {
    return switch (record) {
      case SessionRecord.Opened o ->
          Map.of(o.user(), new Change.Opened(o.gateway(), o.session(), Math.min(o.at(), now)));
      case SessionRecord.Closed c ->
          Map.of(c.user(), new Change.Closed(c.session(), Math.min(c.at(), now)));
      case SessionRecord.Status s ->
          Map.of(
              s.user(),
              new Change.Said(
                  s.gateway(), s.session(), Math.min(s.at(), now), s.status(), s.text()));
      case SessionRecord.Snapshot s -> {
        Map<UUID, Change> changes = new HashMap<>();
        s.sessions().stream()
            .collect(groupingBy(LiveSession::user))
            .forEach((user, sessions) ->
                changes.put(user, new Change.Listed(s.gateway(), sessions, now)));
        yield changes;
      }
    };
  }

  private static UserState known(@Nullable UserState state) {
    return state == null ? UserState.NONE : state;
  }
}
