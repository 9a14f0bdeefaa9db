package dev.parley.gateway.redis;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

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
        return Duration.ofSeconds(60);
      }
    };
  }

  public static RedisLink link(Redis redis, RedisConfig config) {
    return new RedisLink(redis, config, new SimpleMeterRegistry());
  }

  /// `redis`, to which no connection can be made while `cutOff`.
  public static Redis unless(BooleanSupplier cutOff, Redis redis) {
    return (Redis)
        Proxy.newProxyInstance(
            Redis.class.getClassLoader(),
            new Class<?>[] {Redis.class},
            (proxy, method, args) ->
                cutOff.getAsBoolean() && method.getName().equals("connect")
                    ? Future.failedFuture("cut off")
                    : method.invoke(redis, args));
  }

  /// As when the server dies.
  public static void breakConnection(RedisLink link) {
    link.breakOff(new IllegalStateException("broken by a test"));
  }
}
