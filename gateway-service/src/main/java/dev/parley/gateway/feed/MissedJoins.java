package dev.parley.gateway.feed;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.routing.Route;
import dev.parley.gateway.log.LogClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Finds a `joined` whose record was lost, for sessions that want all their conversations: joins
/// are told with the heads, and after an outage what sessions are subscribed to is compared with
/// what their users are members of. A lost `left` needs no such look: it stands in the log of a
/// conversation whose head is compared. Any thread.
final class MissedJoins {
  /// Users asked for at a time, so that those who connect meanwhile do not wait behind all.
  private static final int BATCH = 200;

  private final LogClient log;
  private final Loops loops;
  private final Interests interests;
  private final FeedPorts.Timer timer;

  MissedJoins(FeedPorts ports) {
    this.log = ports.log();
    this.loops = ports.loops();
    this.interests = ports.interests();
    this.timer = ports.timer();
  }

  /// Joins are told, of whoever joined anything: most of it concerns nobody here, and nearly all of
  /// the rest is known here already.
  void told(List<Delivery.Joined> joined) {
    Map<LoopFanout, List<Delivery.Joined>> here = new HashMap<>();
    for (Delivery.Joined one : joined) {
      for (LoopFanout loop : interests.loops(Route.user(one.member()))) {
        here.computeIfAbsent(loop, key -> new ArrayList<>()).add(one);
      }
    }
    if (!here.isEmpty()) {
      timer.after(
          Tails.ON_ITS_WAY,
          () -> here.forEach((loop, some) -> loop.executor().execute(() -> loop.joined(some))));
    }
  }

  CompletionStage<Void> compare() {
    return CompletableFuture.allOf(
        loops.all().stream().map(this::compare).toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> compare(LoopFanout loop) {
    return CompletableFuture.supplyAsync(() -> byUser(loop), loop.executor())
        .thenCompose(users -> next(List.copyOf(users.entrySet()).iterator(), loop));
  }

  private static Map<UUID, List<Listener>> byUser(LoopFanout loop) {
    Map<UUID, List<Listener>> users = new LinkedHashMap<>();
    for (Listener listener : loop.listeners()) {
      if (listener.recipient().subscribesAll()) {
        users
            .computeIfAbsent(listener.recipient().user(), user -> new ArrayList<>(1))
            .add(listener);
      }
    }
    return users;
  }

  private CompletionStage<Void> next(
      Iterator<Map.Entry<UUID, List<Listener>>> users, LoopFanout loop) {
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    while (users.hasNext() && asked.size() < BATCH) {
      Map.Entry<UUID, List<Listener>> user = users.next();
      asked.add(
          log.memberships(user.getKey(), Opening.MOST_CONVERSATIONS)
              .thenAccept(found -> later(found, user.getValue(), loop))
              .toCompletableFuture());
    }
    return asked.isEmpty()
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
            .thenCompose(done -> next(users, loop));
  }

  // The notice of who has just joined is most likely on its way, and costs no read.
  private void later(LogClient.Memberships found, List<Listener> listeners, LoopFanout loop) {
    timer.after(
        Tails.ON_ITS_WAY,
        () ->
            loop.executor()
                .execute(
                    () -> listeners.forEach(listener -> listener.memberships().compare(found))));
  }
}
