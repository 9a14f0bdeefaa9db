package dev.parley.runtime.revocation;

import dev.parley.contracts.Topics;
import dev.parley.runtime.health.Check;
import dev.parley.runtime.kafka.KafkaTopics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/// Wires revocations into a service; it is not ready before it knows them all.
@ApplicationScoped
class RevocationBeans {
  @Produces
  @Singleton
  Revocations revocations() {
    return new Revocations(Clock.systemUTC());
  }

  @Produces
  @Singleton
  KafkaRevocations follower(
      @Identifier("default-kafka-broker") Map<String, Object> client,
      KafkaTopics kafka,
      Topics topics,
      Revocations revocations) {
    return new KafkaRevocations(client, kafka, topics.revocations(), revocations);
  }

  void close(@Disposes KafkaRevocations follower) {
    follower.close();
  }

  void start(
      @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event,
      KafkaRevocations follower) {
    follower.start();
  }

  @Produces
  @Readiness
  @Startup
  @ApplicationScoped
  HealthCheck caughtUp(KafkaRevocations follower) {
    return () -> Check.of("revocations", follower.caughtUp() ? null : follower.problem());
  }
}
