package dev.parley.gateway.trail;

import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.gateway.redis.RedisConfig;
import dev.parley.gateway.route.Slot;
import dev.parley.runtime.trail.RedisTrailAnswers;
import dev.parley.runtime.trail.TrailConfig;
import dev.parley.runtime.trail.TrailRing;
import io.quarkus.runtime.Startup;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Puts together what is remembered here and what answers for it.
@ApplicationScoped
class RedisTrailBeans {
  @Produces
  @Singleton
  TrailRing ring(TrailConfig config) {
    return new TrailRing(config.remembered());
  }

  @Produces
  @Singleton
  @Startup
  RedisTrailAnswers answers(Redis redis, RedisConfig config, TrailRing ring, Slot slot) {
    RedisTrailAnswers answers =
        new RedisTrailAnswers(
            redis,
            new RoutingKeys(config.keyPrefix().orElse("")),
            ring,
            "gateway-service",
            slot::address);
    answers.start();
    return answers;
  }

  void stop(@Disposes RedisTrailAnswers answers) {
    answers.stop();
  }
}
