package dev.parley.messages.fanout;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The producers of this service and why they are set as they are.
final class KafkaProducers {
  private static final int PASSING_MILLIS = 6_000;
  private static final int PASSING_BUFFER = 4 * 1024 * 1024;

  private KafkaProducers() {}

  /// For what must not be lost: every in-sync replica has it before it counts, retries do not
  /// double it.
  ///
  /// @param kafka connection settings from configuration (`kafka.*`)
  static Producer<byte[], byte[]> durable(Map<String, Object> kafka, FanoutConfig config) {
    int acknowledge = Math.toIntExact(config.acknowledgeTimeout().toMillis());
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "message-service");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, config.linger().toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, acknowledge);
    // A broker that stands still is found out by this time alone.
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, acknowledge / 5);
    // With a full buffer the batch loop waits; longer than this and its records count as failed.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, acknowledge / 3);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /// For what may be lost: one replica is enough, and when Kafka is slow it is dropped rather than
  /// waited for.
  ///
  /// @param kafka connection settings from configuration (`kafka.*`)
  static Producer<byte[], byte[]> passing(Map<String, Object> kafka, FanoutConfig config) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "message-service-signals");
    settings.put(ProducerConfig.ACKS_CONFIG, "1");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, config.linger().toMillis());
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, PASSING_BUFFER);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PASSING_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PASSING_MILLIS / 2);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PASSING_MILLIS / 2);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
