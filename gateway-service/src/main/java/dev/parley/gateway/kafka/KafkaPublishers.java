package dev.parley.gateway.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Makes publishers with the settings that they all need: idempotent, acknowledged by all replicas.
@ApplicationScoped
public class KafkaPublishers {
  /// How long one record may hold up those behind it: long enough to look up a topic on a busy
  /// machine.
  private static final Duration BLOCK = Duration.ofSeconds(4);

  /// Topics are few and always the same: none is forgotten because it was quiet for a while.
  private static final Duration REMEMBER = Duration.ofDays(1);

  private static final Duration REQUEST = Duration.ofSeconds(5);

  private final Map<String, Object> client;
  private final ProducerConfig config;
  private final MeterRegistry registry;

  KafkaPublishers(
      @Identifier("default-kafka-broker") Map<String, Object> client,
      ProducerConfig config,
      MeterRegistry registry) {
    this.client = client;
    this.config = config;
    this.registry = registry;
  }

  /// A publisher of its own; whoever asks closes it.
  ///
  /// @param name for metrics, logs and the client id
  public KafkaPublisher open(String name) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("client.id", "gateway-" + name + "-" + ProcessHandle.current().pid());
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("linger.ms", config.linger().toMillis());
    settings.put("buffer.memory", config.buffer().asLongValue());
    settings.put("max.block.ms", BLOCK.toMillis());
    settings.put("metadata.max.idle.ms", REMEMBER.toMillis());
    settings.put("request.timeout.ms", (int) REQUEST.toMillis());
    settings.put("delivery.timeout.ms", (int) config.delivery().toMillis());
    return new KafkaPublisher(
        name,
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
        config,
        registry);
  }
}
