package dev.parley.gateway.limit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// How many live sessions each user has on this gateway. Thread-safe.
@ApplicationScoped
public class UserSessions {
  private final int most;
  private final Map<UUID, Integer> counts = new ConcurrentHashMap<>();

  @Inject
  UserSessions(LimitConfig config) {
    this(config.sessionsPerUser());
  }

  private UserSessions(int most) {
    this.most = most;
  }

  /// For at most `most` sessions a user.
  public static UserSessions atMost(int most) {
    return new UserSessions(most);
  }

  /// Counts one more session of `user`, if there may be one.
  public boolean open(UUID user) {
    boolean[] opened = {false};
    counts.compute(
        user,
        (id, count) -> {
          int before = count == null ? 0 : count;
          opened[0] = before < most;
          return opened[0] ? Integer.valueOf(before + 1) : count;
        });
    return opened[0];
  }

  /// Counts one less.
  public void close(UUID user) {
    counts.computeIfPresent(user, (id, count) -> count == 1 ? null : Integer.valueOf(count - 1));
  }
}
