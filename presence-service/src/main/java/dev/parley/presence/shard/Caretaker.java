package dev.parley.presence.shard;

import dev.parley.contracts.routing.SlotAddress;
import dev.parley.presence.PresenceConfig;
import dev.parley.presence.redis.RedisCalls;
import dev.parley.presence.redis.RedisDown;
import dev.parley.presence.state.ShownStatus;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The beat over all shards of this instance: one round trip reads leases, what is due and whether
/// the shards are still ours. Blocks; on the reader's thread.
final class Caretaker {
  private static final Logger LOG = Logger.getLogger(Caretaker.class);

  /// How long an answer to a wish for snapshots is waited for before it is repeated, and how long a
  /// gateway may be without one before it is asked: two renewals of a lease.
  private static final Duration WISH = Duration.ofSeconds(7);

  private static final List<ShownStatus> VISIBLE =
      Stream.of(ShownStatus.values()).filter(ShownStatus::visible).toList();

  private final RedisCalls redis;
  private final Leases leases;
  private final Absences absences;
  private final Duration gather;
  private final Clock clock;
  private final ShardMetrics metrics;
  private long wished = System.nanoTime() - WISH.toNanos();
  private long missing;

  Caretaker(
      RedisCalls redis, Leases leases, PresenceConfig config, Clock clock, ShardMetrics metrics) {
    this.redis = redis;
    this.leases = leases;
    this.absences = new Absences(config.lease(), config.grace(), config.beat());
    this.gather = config.gather();
    this.clock = clock;
    this.metrics = metrics;
  }

  /// Looks after `shards`, all of them taken. One that is no longer as it was left is doubted.
  ///
  /// @throws RedisDown if Redis does not answer
  void beat(Collection<Shard> shards) {
    List<Request> requests = new ArrayList<>();
    requests.add(leases.look());
    shards.forEach(shard -> requests.addAll(shard.look()));
    List<@Nullable Response> answers;
    try {
      answers = redis.batch(requests);
    } catch (RedisDown e) {
      absences.interrupted();
      throw e;
    }
    Map<Integer, String> byslot = Leases.holders(answers.getFirst());
    Set<SlotAddress> holders = Leases.addresses(byslot);
    Set<SlotAddress> known = new HashSet<>();
    shards.forEach(shard -> known.addAll(shard.gateways()));
    Map<SlotAddress, Long> gone = absences.look(byslot, known, System.nanoTime(), clock.millis());
    gone.keySet().forEach(this::noteGone);
    int i = 1;
    for (Shard shard : shards) {
      beat(shard, answers.subList(i, i + 2), gone, holders);
      i += 2;
    }
    wish(shards, holders);
  }

  /// Counts the users of `shards` by what others see of them.
  ///
  /// @throws RedisDown if Redis does not answer
  void count(Collection<Shard> shards) {
    List<Request> requests = new ArrayList<>();
    for (ShownStatus status : VISIBLE) {
      shards.forEach(shard -> requests.add(shard.count(status)));
    }
    Iterator<@Nullable Response> answers = redis.batch(requests).iterator();
    for (ShownStatus status : VISIBLE) {
      long users = 0;
      for (int i = 0; i < shards.size(); i++) {
        Response answer = answers.next();
        Long counted = answer == null ? null : answer.toLong();
        users += counted == null ? 0 : counted;
      }
      metrics.users(status, users);
    }
  }

  /// Leases were not to be seen, or Redis has lost its content.
  void interrupted() {
    absences.interrupted();
  }

  /// Content was lost: everybody is to say what sessions they have.
  void gathering() {
    absences.interrupted();
    metrics.gathering();
    leases.wantSnapshots();
    wished = System.nanoTime();
  }

  private void beat(
      Shard shard,
      List<@Nullable Response> answers,
      Map<SlotAddress, Long> gone,
      Set<SlotAddress> holders) {
    try {
      shard.beat(answers, gone);
      if (shard.completed(holders, gather)) {
        LOG.debug("every gateway has said what sessions it has");
      }
    } catch (Displaced e) {
      LOG.info(e.getMessage());
      shard.doubt();
    }
  }

  private void wish(Collection<Shard> shards, Set<SlotAddress> holders) {
    boolean gathering = shards.stream().anyMatch(shard -> !shard.complete());
    boolean misses = shards.stream().anyMatch(shard -> !shard.misses(holders).isEmpty());
    long now = System.nanoTime();
    if (!misses) {
      missing = 0;
      return;
    }
    missing = missing == 0 ? now : missing;
    boolean longMissing = gathering || now - missing > WISH.toNanos();
    if (longMissing && now - wished > WISH.toNanos()) {
      leases.wantSnapshots();
      wished = now;
    }
  }

  private void noteGone(SlotAddress gateway) {
    metrics.gone();
    LOG.infof("gateway %s is gone, and with it its sessions", gateway);
  }
}
