package dev.parley.gateway.limit;

import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.redis.RedisConfig;
import dev.parley.gateway.redis.RedisLink;
import dev.parley.gateway.route.Slot;
import dev.parley.gateway.route.SlotChange;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// [UserSessions] that all gateways keep together in Redis: `sessions:{USER}` is a hash of each
/// gateway's `slot.incarnation` and its own count. A gateway only ever writes its whole count, and
/// writes all of them again when Redis has been out of reach, wiped or rolled back. Gateways that
/// are gone are found out, by their leases, when the limit is reached. While Redis is out of reach
/// each gateway counts for itself.
@ApplicationScoped
class RedisUserSessions implements UserSessions {
  /// A count that is not written again for so long is forgotten: its gateway may be gone.
  private static final long LIFE_SECONDS = TimeUnit.DAYS.toSeconds(1);

  /// After Redis did not answer, nobody waits for it for so long.
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// As many are written again at once: few enough to leave room for other commands.
  private static final int AT_ONCE = 256;

  private final RedisLink redis;
  private final Slot slot;
  private final RoutingKeys keys;
  private final int most;
  private final Map<UUID, Integer> counts = new ConcurrentHashMap<>();

  /// Users whose last session here ended while Redis could not be told.
  private final Set<UUID> left = ConcurrentHashMap.newKeySet();

  private volatile long askAgain = System.nanoTime();

  RedisUserSessions(RedisLink redis, Slot slot, RedisConfig names, LimitConfig limits) {
    this.redis = redis;
    this.slot = slot;
    this.keys = new RoutingKeys(names.keyPrefix().orElse(""));
    this.most = limits.sessionsPerUser();
  }

  void slotChanged(@Observes SlotChange change) {
    switch (change) {
      case SlotChange.Recovered recovered -> {
        askAgain = System.nanoTime();
        Set<UUID> users = new HashSet<>(left);
        left.removeAll(users);
        users.addAll(counts.keySet());
        tellAgain(users.iterator(), recovered.address());
      }
      // Nobody minds what an earlier incarnation counted.
      case SlotChange.Claimed _, SlotChange.Lost _ -> left.clear();
    }
  }

  @Override
  public CompletionStage<Boolean> open(UUID user) {
    List<CompletionStage<Boolean>> answer = new ArrayList<>(1);
    // Redis is told under the lock of the user's entry, so that counts arrive in order.
    counts.compute(
        user,
        (id, before) -> {
          int count = before == null ? 1 : before + 1;
          answer.add(ask(user, count));
          return count;
        });
    return answer.getFirst();
  }

  @Override
  public void close(UUID user) {
    counts.computeIfPresent(
        user,
        (id, before) -> {
          int count = before - 1;
          slot.address()
              .ifPresent(here -> {
                if (!unreachable()) {
                  var _ = tell(user, here, count);
                } else if (count == 0) {
                  left.add(user);
                }
              });
          return count == 0 ? null : Integer.valueOf(count);
        });
  }

  private CompletionStage<Boolean> ask(UUID user, int count) {
    SlotAddress here = slot.address().orElse(null);
    if (count > most) {
      return CompletableFuture.completedStage(false);
    }
    if (here == null || unreachable()) {
      return CompletableFuture.completedStage(true);
    }
    return redis
        .batch(List.of(noting(user, here, count)))
        .thenCompose(answers -> judged(user, here, RedisSessionCount.result(answers.getFirst())))
        .exceptionally(problem -> {
          askAgain = System.nanoTime() + PAUSE_NANOS;
          return true;
        });
  }

  private CompletionStage<?> tell(UUID user, SlotAddress here, int count) {
    String key = keys.sessions(user);
    List<Request> requests =
        count == 0
            ? List.of(Request.cmd(Command.HDEL).arg(key).arg(here.toString()))
            : List.of(
                Request.cmd(Command.HSET).arg(key).arg(here.toString()).arg(count),
                Request.cmd(Command.EXPIRE).arg(key).arg(LIFE_SECONDS));
    return redis
        .batch(requests)
        .whenComplete((answers, problem) -> {
          if (problem != null && count == 0) {
            left.add(user);
          }
        });
  }

  private void tellAgain(Iterator<UUID> users, SlotAddress here) {
    List<CompletableFuture<?>> told = new ArrayList<>();
    while (users.hasNext() && told.size() < AT_ONCE) {
      // Under the lock of the user's entry, as ever.
      counts.compute(
          users.next(),
          (user, count) -> {
            told.add(tell(user, here, count == null ? 0 : count).toCompletableFuture());
            return count;
          });
    }
    if (!told.isEmpty()) {
      // Whatever fails is a loss of the connection, and after one all is told anew.
      var _ =
          CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
              .thenRun(() -> tellAgain(users, here));
    }
  }

  private boolean unreachable() {
    return System.nanoTime() - askAgain < 0;
  }

  private Request noting(UUID user, SlotAddress here, int count) {
    return RedisSessionCount.request(keys.sessions(user), here, count, most, LIFE_SECONDS);
  }

  // Too many, if all of these gateways still live.
  private CompletionStage<Boolean> judged(UUID user, SlotAddress here, List<SlotAddress> gateways) {
    if (gateways.isEmpty()) {
      return CompletableFuture.completedStage(true);
    }
    List<Request> leases =
        gateways.stream()
            .map(gateway -> Request.cmd(Command.GET).arg(keys.lease(gateway.slot())))
            .toList();
    return redis
        .batch(leases)
        .thenCompose(holders -> {
          List<SlotAddress> gone = gone(gateways, holders);
          gone.remove(here);
          return gone.isEmpty()
              ? CompletableFuture.completedStage(false)
              : askAgain(user, here, gone);
        });
  }

  private static List<SlotAddress> gone(
      List<SlotAddress> gateways, List<@Nullable Response> holders) {
    List<SlotAddress> gone = new ArrayList<>();
    for (int i = 0; i < gateways.size(); i++) {
      Response holder = holders.get(i);
      if (holder == null || !holder.toString().equals(gateways.get(i).incarnation())) {
        gone.add(gateways.get(i));
      }
    }
    return gone;
  }

  private CompletionStage<Boolean> askAgain(UUID user, SlotAddress here, List<SlotAddress> gone) {
    Request forget = Request.cmd(Command.HDEL).arg(keys.sessions(user));
    gone.forEach(gateway -> forget.arg(gateway.toString()));
    List<CompletionStage<Boolean>> answer = new ArrayList<>(1);
    counts.computeIfPresent(
        user,
        (id, count) -> {
          answer.add(
              redis
                  .batch(List.of(forget, noting(user, here, count)))
                  .thenApply(answers -> RedisSessionCount.result(answers.getLast()).isEmpty()));
          return count;
        });
    // Nothing is counted any more: the session has ended meanwhile.
    return answer.isEmpty() ? CompletableFuture.completedStage(false) : answer.getFirst();
  }
}
