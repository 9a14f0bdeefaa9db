package dev.parley.messages.trail;

import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.runtime.trail.RedisTrail;
import dev.parley.runtime.trail.RedisTrailAnswers;
import dev.parley.runtime.trail.TrailConfig;
import dev.parley.runtime.trail.TrailRing;
import io.quarkus.runtime.Startup;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Puts together what is remembered here, what answers for it, and what asks the others.
final class TrailBeans {
  @Produces
  @Singleton
  TrailRing ring(TrailConfig config) {
    return new TrailRing(config.remembered());
  }

  @Produces
  @Singleton
  RedisTrail trail(
      Redis redis,
      @ConfigProperty(name = "parley.redis.key-prefix") Optional<String> prefix,
      TrailConfig config) {
    return new RedisTrail(redis, new RoutingKeys(prefix.orElse("")), config);
  }

  @Produces
  @Singleton
  @Startup
  RedisTrailAnswers answers(
      Redis redis,
      @ConfigProperty(name = "parley.redis.key-prefix") Optional<String> prefix,
      TrailRing ring) {
    RedisTrailAnswers answers =
        new RedisTrailAnswers(
            redis, new RoutingKeys(prefix.orElse("")), ring, "message-service", Optional::empty);
    answers.start();
    return answers;
  }

  void stop(@Disposes RedisTrailAnswers answers) {
    answers.stop();
  }
}
