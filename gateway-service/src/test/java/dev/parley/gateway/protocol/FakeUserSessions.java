package dev.parley.gateway.protocol;

import dev.parley.gateway.limit.UserSessions;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Counts of one gateway that has nobody beside it.
final class FakeUserSessions implements UserSessions {
  private final Map<UUID, Integer> counts = new HashMap<>();
  private final int most;
  CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  FakeUserSessions(int most) {
    this.most = most;
  }

  int count(UUID user) {
    return counts.getOrDefault(user, 0);
  }

  @Override
  public CompletionStage<Boolean> open(UUID user) {
    boolean room = counts.merge(user, 1, Integer::sum) <= most;
    return gate.thenApply(counted -> room);
  }

  @Override
  public void close(UUID user) {
    counts.merge(user, -1, Integer::sum);
  }
}
