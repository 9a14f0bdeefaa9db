package dev.parley.gateway.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// What this gateway says to Redis, besides `quarkus.redis.hosts`.
@ConfigMapping(prefix = "parley.redis")
public interface RedisConfig {
  /// Put before every key, so that several installations or test modules can use one server.
  /// Default none.
  Optional<String> keyPrefix();

  /// How long a command may take before its connection is given up as dead. Default 2 s: well below
  /// the lease of a slot, so that a link on which nothing comes back is noticed in time.
  @WithDefault("2s")
  Duration patience();
}
