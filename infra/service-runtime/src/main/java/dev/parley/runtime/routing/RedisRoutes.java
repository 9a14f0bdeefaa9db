package dev.parley.runtime.routing;

import static io.vertx.redis.client.Command.MGET;
import static io.vertx.redis.client.Command.SMEMBERS;
import static io.vertx.redis.client.Command.SREM;

import dev.parley.contracts.Topics;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Routes as gateways keep them in Redis: one pipelined round trip reads the marker, all leases and
/// the asked routes. Members whose slot another incarnation holds by now are removed on the way;
/// one whose lease is absent still counts, because its gateway may only have been slow to renew it.
///
/// After a failure Redis is left alone for 1 s, 2 s, ... up to a limit, and the answer is "unknown"
/// at once. Thread-safe.
public final class RedisRoutes implements Routes {
  private static final Logger LOG = Logger.getLogger(RedisRoutes.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Redis redis;
  private final RoutingKeys keys;
  private final Duration timeout;
  private final Duration pauseMax;
  private final Request leases;
  private final Counter lookups;
  private final Counter failures;
  private final Counter unasked;
  private final Counter stale;

  private Duration pause = Duration.ZERO;
  private long pausedSince;

  /// @param timeout how long a look-up may take
  /// @param pauseMax the longest time for which a failing Redis is left alone
  public RedisRoutes(
      Redis redis, RoutingKeys keys, Duration timeout, Duration pauseMax, MeterRegistry metrics) {
    this.redis = redis;
    this.keys = keys;
    this.timeout = timeout;
    this.pauseMax = pauseMax;
    Request mget = Request.cmd(MGET).arg(keys.complete());
    for (int slot = 1; slot <= Topics.SLOTS; slot++) {
      mget.arg(keys.lease(slot));
    }
    this.leases = mget;
    this.lookups = metrics.counter("parley.routes.lookups", "result", "known");
    this.failures = metrics.counter("parley.routes.lookups", "result", "failed");
    this.unasked = metrics.counter("parley.routes.lookups", "result", "unasked");
    this.stale = metrics.counter("parley.routes.stale");
  }

  @Override
  public Lookup find(Set<Route> routes) {
    if (paused()) {
      unasked.increment();
      return new Lookup.Unknown();
    }
    List<Route> asked = List.copyOf(routes);
    List<Request> requests = new ArrayList<>(asked.size() + 1);
    requests.add(leases);
    asked.forEach(route -> requests.add(Request.cmd(SMEMBERS).arg(keys.route(route))));
    try {
      List<@Nullable Response> answers =
          redis
              .batch(requests)
              .toCompletionStage()
              .toCompletableFuture()
              .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      healthy();
      return known(asked, answers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Lookup.Unknown();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      // A RuntimeException is an answer of a kind that no gateway writes: as good as none.
      failed(e);
      return new Lookup.Unknown();
    }
  }

  private Lookup known(List<Route> asked, List<@Nullable Response> answers) {
    Response first = answers.getFirst();
    lookups.increment();
    if (first == null || first.get(0) == null) {
      return new Lookup.Unknown();
    }
    Map<Integer, String> holders = new HashMap<>();
    for (int slot = 1; slot <= Topics.SLOTS; slot++) {
      Response holder = first.get(slot);
      if (holder != null) {
        holders.put(slot, holder.toString());
      }
    }
    Map<Route, Set<SlotAddress>> interested = new HashMap<>();
    List<Request> removals = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Route route = asked.get(i);
      Set<SlotAddress> members = new HashSet<>();
      Response answer = answers.get(i + 1);
      for (Response member : answer == null ? List.<Response>of() : answer) {
        SlotAddress address = SlotAddress.parse(member.toString());
        if (address == null || isStale(address, holders.get(address.slot()))) {
          removals.add(Request.cmd(SREM).arg(keys.route(route)).arg(member.toString()));
        } else {
          members.add(address);
        }
      }
      interested.put(route, members);
    }
    remove(removals);
    return new Lookup.Known(holders.size(), interested);
  }

  private static boolean isStale(SlotAddress member, @Nullable String holder) {
    return holder != null && !holder.equals(member.incarnation());
  }

  /// Nobody waits for it: what is not removed now is removed by a later look-up.
  private void remove(List<Request> removals) {
    if (!removals.isEmpty()) {
      stale.increment(removals.size());
      redis.batch(removals).onFailure(e -> LOG.debug("stale routes were not removed", e));
    }
  }

  private synchronized boolean paused() {
    return System.nanoTime() - pausedSince < pause.toNanos();
  }

  private synchronized void healthy() {
    if (!pause.isZero()) {
      LOG.info("routes can be looked up again");
      pause = Duration.ZERO;
    }
  }

  private synchronized void failed(Exception cause) {
    failures.increment();
    if (pause.isZero()) {
      LOG.warn("routes cannot be looked up, everything is broadcast until they can", cause);
      pause = FIRST_PAUSE;
    } else {
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(pauseMax) < 0 ? doubled : pauseMax;
    }
    pausedSince = System.nanoTime();
  }
}
