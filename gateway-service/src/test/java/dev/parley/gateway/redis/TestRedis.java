package dev.parley.gateway.redis;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.util.Optional;

/// Links to Redis as tests need them.
public final class TestRedis {
  private TestRedis() {}

  public static RedisConfig config(String prefix) {
    return new RedisConfig() {
      @Override
      public Optional<String> keyPrefix() {
        return Optional.of(prefix);
      }

      @Override
      public Duration patience() {
        return Duration.ofSeconds(5);
      }
    };
  }

  public static RedisLink link(Redis redis, RedisConfig config) {
    return new RedisLink(redis, config, new SimpleMeterRegistry());
  }

  /// As when the server dies.
  public static void breakConnection(RedisLink link) {
    link.breakOff(new IllegalStateException("broken by a test"));
  }
}
