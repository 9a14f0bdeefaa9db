package dev.parley.gateway.feed;

import dev.parley.gateway.log.LogClient;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Compares what sessions that want all their conversations are subscribed to with what their users
/// are members of, so that a `joined` whose record was lost is found. A lost `left` needs no such
/// look: it stands in the log of a conversation whose head is compared. Any thread.
final class MissedJoins {
  /// Users asked for at a time, so that those who connect meanwhile do not wait behind all.
  private static final int BATCH = 200;

  private final LogClient log;
  private final Loops loops;

  MissedJoins(FeedPorts ports) {
    this.log = ports.log();
    this.loops = ports.loops();
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
              .thenAcceptAsync(
                  found ->
                      user.getValue().forEach(listener -> listener.memberships().compare(found)),
                  loop.executor())
              .toCompletableFuture());
    }
    return asked.isEmpty()
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
            .thenCompose(done -> next(users, loop));
  }
}
