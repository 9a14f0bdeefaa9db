package dev.parley.messages.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The consumer of commands and why it is set as it is.
final class KafkaClients {
  private static final int FETCH_BYTES = 8 * 1024 * 1024;

  private KafkaClients() {}

  /// @param kafka connection settings from configuration (`kafka.*`)
  /// @param group shared by all instances of the service
  static Consumer<byte[], byte[]> consumer(
      Map<String, Object> kafka, String group, IngestConfig config) {
    int session = Math.toIntExact(config.sessionTimeout().toMillis());
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "message-service-commands");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // A position that we did not set is a defect, not a reason to guess.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batch());
    settings.put(
        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(config.idle().toMillis()));
    // A thousand commands of 32 KiB would be more than the heap should hold for one batch.
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    // A loop that waits for Kafka must come round to say that it is alive.
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, session);
    settings.putAll(group(config.protocol(), session));
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /// How a member of a group shares the topic with the others, so that partitions that stay keep
  /// flowing while others move.
  private static Map<String, Object> group(GroupProtocol protocol, int session) {
    return switch (protocol) {
      case CONSUMER -> Map.of(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
      case CLASSIC ->
          Map.of(
              ConsumerConfig.GROUP_PROTOCOL_CONFIG,
              "classic",
              ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
              session,
              ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
              session / 3,
              ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
              List.of(CooperativeStickyAssignor.class.getName()));
    };
  }

  /// A consumer in no group, which reads what it is told to.
  ///
  /// @param kafka connection settings from configuration (`kafka.*`)
  static Consumer<byte[], byte[]> reader(Map<String, Object> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "message-service-commands-again");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
