package dev.parley.presence.shard;

import dev.parley.contracts.Topics;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.presence.PresenceConfig;
import dev.parley.presence.redis.RedisCalls;
import dev.parley.presence.redis.StateKeys;
import dev.parley.presence.state.Timing;
import dev.parley.presence.state.Tracking;
import dev.parley.runtime.health.Check;
import dev.parley.runtime.kafka.KafkaTopics;
import dev.parley.runtime.routing.RedisRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jspecify.annotations.Nullable;

/// Puts the running side together, starts and stops it.
@ApplicationScoped
@Liveness
class ShardBeans implements HealthCheck {
  private static final Duration LOOKUP = Duration.ofMillis(250);

  /// Half of the 10 s within which all is well again after Redis was away.
  private static final Duration LOOKUP_PAUSE = Duration.ofSeconds(4);

  /// An instance that dies is replaced this late: ghosts live no longer than lease plus this.
  private static final int SESSION_MILLIS = 10_000;

  /// A fetch waits this long at the broker when there is nothing, and for as long nothing can be
  /// asked of partitions that have just come. Data answers it at once.
  private static final int FETCH_WAIT_MILLIS = 1_000;

  private static final Duration STOP = Duration.ofSeconds(5);

  private final Map<String, Object> kafka;
  private final Topics topics;
  private final KafkaTopics creation;
  private final Redis redis;
  private final String keyPrefix;
  private final PresenceConfig config;
  private final MeterRegistry registry;
  private @Nullable KafkaSessions sessions;
  private @Nullable Producer<byte[], byte[]> producer;
  private @Nullable Thread thread;

  ShardBeans(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Topics topics,
      KafkaTopics creation,
      Redis redis,
      @ConfigProperty(name = "parley.redis.key-prefix") Optional<String> keyPrefix,
      PresenceConfig config,
      MeterRegistry registry) {
    this.kafka = kafka;
    this.topics = topics;
    this.creation = creation;
    this.redis = redis;
    this.keyPrefix = keyPrefix.orElse("");
    this.config = config;
    this.registry = registry;
  }

  void start(@Observes StartupEvent event) {
    creation.ensure(List.of(topics.sessions(), topics.presenceSeen(), topics.signalDeliveries()));
    var metrics = new ShardMetrics(registry);
    var calls = new RedisCalls(redis, config.redisTimeout(), registry);
    var clock = Clock.systemUTC();
    var toldLog = new ToldLog(kafka, topics.presenceSeen().name());
    var writer = producer();
    var announcer =
        new Announcer(
            new RedisRoutes(redis, new RoutingKeys(keyPrefix), LOOKUP, LOOKUP_PAUSE, registry),
            writer,
            topics.signalDeliveries().name(),
            toldLog,
            config.acknowledgeTimeout(),
            metrics);
    var tracking = new Tracking(new Timing(config.settle(), config.grace()));
    var reader =
        new KafkaSessions(
            consumer(),
            topics.sessions().name(),
            partition ->
                new Shard(
                    partition,
                    new ShardStore(calls, new StateKeys(keyPrefix, partition)),
                    tracking,
                    announcer,
                    toldLog,
                    clock),
            new Caretaker(calls, new Leases(calls, keyPrefix), config, clock, metrics),
            toldLog,
            config.beat(),
            metrics);
    producer = writer;
    sessions = reader;
    thread = Thread.ofPlatform().name("sessions").start(reader);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (sessions != null && thread != null) {
      sessions.stop();
      thread.join(STOP);
    }
    if (producer != null) {
      producer.close(STOP);
    }
  }

  @Override
  public HealthCheckResponse call() {
    return Check.of(
        "reader of sessions",
        sessions == null || sessions.lives()
            ? null
            : "The thread that reads sessions has stood still for a minute.");
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, topics.prefix() + "presence-service");
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "presence-service-sessions");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Positions are kept in Redis beside what they led to; a guess would lose or repeat changes.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 3);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(CooperativeStickyAssignor.class));
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Producer<byte[], byte[]> producer() {
    int acknowledge = Math.toIntExact(config.acknowledgeTimeout().toMillis());
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "presence-service");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, acknowledge);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, acknowledge / 2);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, acknowledge / 2);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
