package dev.parley.messages.fanout;

import dev.parley.contracts.Topics;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.messages.database.PostgresPool;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.runtime.routing.RedisRoutes;
import dev.parley.runtime.routing.Routes;
import dev.parley.runtime.trail.TrailRing;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Puts the fan-out together.
final class FanoutBeans {
  private static final String SIGNALS = "signals";

  @Produces
  @Singleton
  Producer<byte[], byte[]> producer(
      @Identifier("default-kafka-broker") Map<String, Object> kafka, FanoutConfig config) {
    return KafkaProducers.durable(kafka, config);
  }

  void close(@Disposes Producer<byte[], byte[]> producer) {
    producer.close();
  }

  @Produces
  @Singleton
  Routes routes(
      Redis redis,
      @ConfigProperty(name = "parley.redis.key-prefix") Optional<String> prefix,
      FanoutConfig config,
      MeterRegistry metrics) {
    return new RedisRoutes(
        redis,
        new RoutingKeys(prefix.orElse("")),
        config.lookupTimeout(),
        config.lookupPauseMax(),
        metrics);
  }

  @Produces
  @Singleton
  LatelyChanged latelyChanged() {
    return new LatelyChanged();
  }

  @Produces
  @Singleton
  Fanout fanout(
      Routes routes,
      Producer<byte[], byte[]> producer,
      Topics topics,
      LatelyChanged lately,
      Failpoints failpoints,
      TrailRing trail) {
    return new Fanout(
        routes,
        new KafkaDeliveries(producer, topics.deliveries().name()),
        lately,
        failpoints,
        trail);
  }

  @Produces
  @Singleton
  @Startup
  HeadsBeat headsBeat(LatelyChanged lately, Fanout fanout, FanoutConfig config) {
    HeadsBeat beat = new HeadsBeat(lately, fanout, config.tellHeads());
    beat.start();
    return beat;
  }

  void stop(@Disposes HeadsBeat beat) {
    beat.stop();
  }

  @Produces
  @Singleton
  @Identifier(SIGNALS)
  Producer<byte[], byte[]> signalProducer(
      @Identifier("default-kafka-broker") Map<String, Object> kafka, FanoutConfig config) {
    return KafkaProducers.passing(kafka, config);
  }

  void closeSignals(@Disposes @Identifier(SIGNALS) Producer<byte[], byte[]> producer) {
    producer.close();
  }

  @Produces
  @Singleton
  @Identifier(SIGNALS)
  Fanout signalFanout(
      Routes routes,
      @Identifier(SIGNALS) Producer<byte[], byte[]> producer,
      Topics topics,
      TrailRing trail) {
    return new Fanout(
        routes,
        new KafkaDeliveries(producer, topics.signalDeliveries().name()),
        new LatelyChanged(),
        Failpoints.NONE,
        trail);
  }

  @Produces
  @Singleton
  @Startup
  Outbox outbox(
      Fanout fanout,
      DataSource dataSource,
      PostgresPool pool,
      FanoutConfig config,
      MeterRegistry metrics) {
    Outbox outbox =
        new Outbox(fanout, new PostgresOutbox(dataSource), config, metrics, pool::failed);
    outbox.start();
    return outbox;
  }

  void stop(@Disposes Outbox outbox) throws InterruptedException {
    outbox.stop();
  }
}
