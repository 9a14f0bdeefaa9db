package dev.parley.presence.shard;

import dev.parley.contracts.routing.SlotAddress;
import dev.parley.presence.redis.FencedWrite;
import dev.parley.presence.redis.TakeShard;
import dev.parley.presence.state.ShownStatus;
import dev.parley.presence.state.Told;
import dev.parley.presence.state.Tracking;
import dev.parley.presence.state.UserState;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One partition of `sessions` in the hands of its owner: takes it, applies its records, tells what
/// is due, and gathers everything anew when Redis has lost it. Blocks; not thread-safe.
final class Shard {
  /// Users told in one go; the others a beat later.
  private static final int MOST_DUE = 2_000;

  private static final int CHUNK = 250;

  /// A live gateway that has sent no snapshot for so long cannot reach Kafka: nothing is gained by
  /// waiting for it, and all others would stay unknown.
  private static final Duration GATHER_LIMIT = Duration.ofSeconds(30);

  private final int partition;
  private final ShardStore store;
  private final Tracking tracking;
  private final Announcer announcer;
  private final ToldLog toldLog;
  private final Clock clock;
  private final Map<SlotAddress, Snapshotting> gateways = new LinkedHashMap<>();
  private final Intake intake;

  private @Nullable Long known;
  private boolean taken;
  private boolean complete;
  private long gatheringSince;

  /// The offsets that Kafka still has.
  record Span(long begin, long end) {
    boolean holds(long offset) {
      return offset >= begin && offset <= end;
    }
  }

  Shard(
      int partition,
      ShardStore store,
      Tracking tracking,
      Announcer announcer,
      ToldLog toldLog,
      Clock clock) {
    this.partition = partition;
    this.store = store;
    this.tracking = tracking;
    this.announcer = announcer;
    this.toldLog = toldLog;
    this.clock = clock;
    this.intake = new Intake(store, tracking, clock, gateways);
  }

  boolean taken() {
    return taken;
  }

  boolean complete() {
    return taken && complete;
  }

  Set<SlotAddress> gateways() {
    return gateways.keySet();
  }

  /// Something is wrong with it: it has to be taken again before it is touched.
  void doubt() {
    taken = false;
  }

  /// Takes the shard, and begins to gather its content anew if Redis does not have it.
  ///
  /// @return the offset to read from
  long take(Span span) {
    TakeShard.Taken found = store.take();
    gateways.clear();
    gateways.putAll(store.gateways());
    Long before = found.position();
    boolean rolledBack = known != null && before != null && before < known;
    if (before == null || !span.holds(before) || rolledBack || !found.complete()) {
      gather(start(before, span));
    } else {
      complete = true;
    }
    taken = true;
    return remember();
  }

  void apply(List<Intake.Entry> entries, long next) {
    intake.apply(entries, next);
    remember();
  }

  /// How many users others see as `status`.
  Request count(ShownStatus status) {
    return store.count(status);
  }

  /// What [#beat] wants to know.
  List<Request> look() {
    return List.of(store.look(), store.due(clock.millis(), MOST_DUE));
  }

  /// Looks after what time has brought.
  ///
  /// @param answers to [#look]
  /// @param gone gateways that are gone for good, and when they were last alive
  void beat(List<@Nullable Response> answers, Map<SlotAddress, Long> gone) {
    store.check(answers.get(0));
    boolean lost = false;
    for (SlotAddress gateway : List.copyOf(gateways.keySet())) {
      Long lastAlive = gone.get(gateway);
      if (lastAlive != null) {
        intake.lose(gateway, lastAlive);
        remember();
        lost = true;
      }
    }
    if (complete) {
      // Whom a gateway has taken along is told gone now: a beat later they would be ghosts.
      tell(lost ? store.dueNow(clock.millis(), MOST_DUE) : ShardStore.users(answers.get(1)));
    }
  }

  /// Ends gathering once every gateway that holds a slot has sent its snapshot.
  ///
  /// @param atLeast how long gateways have to take their slots again
  /// @return whether it has ended just now
  boolean completed(Set<SlotAddress> holders, Duration atLeast) {
    long waited = clock.millis() - gatheringSince;
    boolean all = misses(holders).isEmpty();
    if (complete || waited < atLeast.toMillis() || !(all || waited > GATHER_LIMIT.toMillis())) {
      return false;
    }
    FencedWrite write = store.write();
    store.state(write, true);
    store.commit(write);
    complete = true;
    return true;
  }

  /// Those of `holders` from whom a snapshot is needed: nothing is known of their sessions.
  List<SlotAddress> misses(Set<SlotAddress> holders) {
    List<SlotAddress> missed = new ArrayList<>();
    for (SlotAddress holder : holders) {
      Snapshotting snapshot = gateways.get(holder);
      if (snapshot == null || !snapshot.done()) {
        missed.add(holder);
      }
    }
    return missed;
  }

  private long start(@Nullable Long before, Span span) {
    // What was read already but is lost comes with the snapshots; what was not is worth reading.
    if (known != null && span.holds(known)) {
      return known;
    }
    return before != null && span.holds(before) ? before : span.end();
  }

  private void gather(long start) {
    complete = false;
    gatheringSince = clock.millis();
    FencedWrite write = store.write();
    store.state(write, false);
    gateways.replaceAll((gateway, old) -> Snapshotting.NONE);
    gateways.forEach((gateway, none) -> write.add("HSET", store.keys().gateways(), gateway, none));
    store.commit(write, start);
    Map<UUID, Told> told = new HashMap<>();
    toldLog.read(
        partition,
        (user, word) -> {
          told.put(user, word);
          if (told.size() >= CHUNK) {
            restore(told);
          }
        });
    restore(told);
  }

  private void restore(Map<UUID, Told> told) {
    FencedWrite write = store.write();
    store
        .load(told.keySet())
        .forEach((user, state) -> {
          Told last = told.getOrDefault(user, state.told());
          store.put(write, user, state.restored(last, gatheringSince));
          store.shown(write, user, last.status());
        });
    store.commit(write);
    told.clear();
  }

  private void tell(List<UUID> users) {
    for (int from = 0; from < users.size(); from += CHUNK) {
      long now = clock.millis();
      FencedWrite write = store.write();
      FencedWrite settled = store.write();
      Map<UUID, Told> news = new LinkedHashMap<>();
      Map<UUID, UserState> states =
          store.load(users.subList(from, Math.min(users.size(), from + CHUNK)));
      states.forEach((user, state) -> {
        Tracking.Outcome outcome = tracking.tell(state, now);
        Told told = outcome.news();
        if (told != null) {
          news.put(user, told);
          store.put(settled, user, outcome.state().settled());
          store.shown(write, user, told.status());
        }
        store.put(write, user, outcome.state());
      });
      // Noted first, so that whoever begins to watch is told it or reads it. It is owed until all
      // have been told: a crash in between tells it twice, which does no harm, never not at all.
      store.commit(write);
      if (!news.isEmpty()) {
        announcer.announce(news);
        store.commit(settled);
      }
    }
  }

  private long remember() {
    Long position = store.position();
    known = position;
    return position == null ? 0 : position;
  }
}
