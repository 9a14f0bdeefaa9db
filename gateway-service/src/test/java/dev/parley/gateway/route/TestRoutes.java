package dev.parley.gateway.route;

import dev.parley.gateway.redis.RedisConfig;
import dev.parley.gateway.redis.RedisLink;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;

/// Routes as tests need them.
public final class TestRoutes {
  private TestRoutes() {}

  public static RedisRoutes of(
      RedisLink link, RedisConfig config, Vertx vertx, MeterRegistry registry) {
    RouteConfig routes =
        new RouteConfig() {
          @Override
          public Duration linger() {
            return Duration.ofMillis(100);
          }

          @Override
          public Duration refresh() {
            return Duration.ofHours(1);
          }
        };
    return new RedisRoutes(link, config, routes, vertx, registry);
  }
}
