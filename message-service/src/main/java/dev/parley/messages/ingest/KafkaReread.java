package dev.parley.messages.ingest;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/// Reads commands of `topic` once more, without the group, to learn who waits for their replies.
final class KafkaReread implements Takeover.Applied {
  private static final Logger LOG = Logger.getLogger(KafkaReread.class);

  /// A sender waits 15 s; and the partition stands still meanwhile.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> kafka;
  private final String topic;
  private final KafkaRecords records;

  KafkaReread(Map<String, Object> kafka, String topic, KafkaRecords records) {
    this.kafka = kafka;
    this.topic = topic;
    this.records = records;
  }

  @Override
  public Map<Integer, Map<Long, Owed>> owed(List<Holding> undelivered) {
    Map<Integer, Map<Long, Owed>> owed = new HashMap<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    undelivered.forEach(holding -> ends.put(partition(holding), holding.next()));
    Map<TopicPartition, Long> left = new HashMap<>(ends);
    long until = System.nanoTime() + PATIENCE.toNanos();
    try (Consumer<byte[], byte[]> reader = KafkaClients.reader(kafka)) {
      reader.assign(ends.keySet());
      undelivered.forEach(holding -> reader.seek(partition(holding), holding.delivered()));
      while (!left.isEmpty() && System.nanoTime() - until < 0) {
        for (ConsumerRecord<byte[], byte[]> message : reader.poll(POLL)) {
          TopicPartition source = new TopicPartition(topic, message.partition());
          if (message.offset() < ends.getOrDefault(source, 0L)) {
            Map<Long, Owed> found = owed.computeIfAbsent(message.partition(), n -> new HashMap<>());
            records.command(message).ifPresent(c -> found.put(c.offset(), Owed.of(c)));
          }
        }
        left.entrySet().removeIf(end -> reader.position(end.getKey(), PATIENCE) >= end.getValue());
        reader.assign(left.keySet());
      }
      reader.close(CloseOptions.timeout(Duration.ZERO));
    } catch (KafkaException e) {
      LOG.warnf("who waits for replies is not known: %s", e.getMessage());
    }
    return owed;
  }

  private TopicPartition partition(Holding holding) {
    return new TopicPartition(topic, holding.partition());
  }
}
