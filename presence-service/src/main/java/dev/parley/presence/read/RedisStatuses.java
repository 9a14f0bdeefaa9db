package dev.parley.presence.read;

import static io.vertx.redis.client.Command.HGET;
import static io.vertx.redis.client.Command.MGET;

import dev.parley.presence.PresenceConfig;
import dev.parley.presence.redis.RedisCalls;
import dev.parley.presence.redis.RedisDown;
import dev.parley.presence.redis.ShardState;
import dev.parley.presence.redis.StateKeys;
import dev.parley.presence.redis.UserStateJson;
import dev.parley.presence.state.Told;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// What was last told of users, read from Redis in one round trip, whichever instance keeps them.
@ApplicationScoped
class RedisStatuses {
  private final RedisCalls redis;
  private final String keyPrefix;

  RedisStatuses(
      Redis redis,
      @ConfigProperty(name = "parley.redis.key-prefix") Optional<String> keyPrefix,
      PresenceConfig config,
      MeterRegistry registry) {
    this.redis = new RedisCalls(redis, config.redisTimeout(), registry);
    this.keyPrefix = keyPrefix.orElse("");
  }

  /// What is known of `users`; those of whom nothing can be known now are absent. Blocks.
  Map<UUID, Told> of(Collection<UUID> users) {
    Map<StateKeys, List<UUID>> shards = new LinkedHashMap<>();
    for (UUID user : users) {
      shards.computeIfAbsent(StateKeys.of(keyPrefix, user), keys -> new ArrayList<>()).add(user);
    }
    List<Request> requests = new ArrayList<>();
    shards.forEach((keys, members) -> {
      Request states = Request.cmd(MGET);
      members.forEach(user -> states.arg(keys.user(user)));
      requests.add(states);
      // Asked last: if Redis loses its content in between, the answer is "unknown".
      requests.add(Request.cmd(HGET).arg(keys.shard()).arg(ShardState.FIELD));
    });
    try {
      return told(shards, redis.batch(requests));
    } catch (RedisDown e) {
      return Map.of();
    }
  }

  private static Map<UUID, Told> told(
      Map<StateKeys, List<UUID>> shards, List<@Nullable Response> answers) {
    Map<UUID, Told> told = new HashMap<>();
    int i = 0;
    for (List<UUID> members : shards.values()) {
      Response states = answers.get(i);
      Response state = answers.get(i + 1);
      i += 2;
      if (states == null || state == null || !state.toString().equals(ShardState.COMPLETE)) {
        continue;
      }
      for (int n = 0; n < members.size(); n++) {
        Response text = states.get(n);
        told.put(members.get(n), UserStateJson.read(text == null ? null : text.toBytes()).told());
      }
    }
    return told;
  }
}
