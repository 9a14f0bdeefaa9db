package dev.parley.runtime.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/// How many records of each partition wait for a consumer, `parley.kafka.lag`: the client's own
/// measure, which is not part of ours. A partition that goes to another instance leaves with its
/// lag. Used by the consumer's thread.
public final class KafkaLag {
  private static final Logger LOG = Logger.getLogger(KafkaLag.class);
  private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();

  /// One who waits for a partition has nothing better to do, but must still poll.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Consumer<?, ?> consumer;
  private final MultiGauge gauges;
  private long looked = System.nanoTime() - EVERY_NANOS;

  public KafkaLag(Consumer<?, ?> consumer, MeterRegistry registry) {
    this.consumer = consumer;
    this.gauges =
        MultiGauge.builder("parley.kafka.lag")
            .description("records that wait to be read")
            .register(registry);
  }

  /// Whether it is time to look again.
  public boolean due() {
    return System.nanoTime() - looked >= EVERY_NANOS;
  }

  /// Nothing is read any more.
  public void end() {
    gauges.register(List.of(), true);
  }

  /// Looks. Asks Kafka about those that wait alone, and blocks for it, at most a second.
  ///
  /// @param read partitions that are being read
  /// @param waiting partitions that are not, with the offset of the first record that waits
  public void look(Collection<TopicPartition> read, Map<TopicPartition, Long> waiting) {
    looked = System.nanoTime();
    Map<TopicPartition, Long> lags = new HashMap<>();
    for (TopicPartition partition : read) {
      consumer.currentLag(partition).ifPresent(lag -> lags.put(partition, lag));
    }
    if (!waiting.isEmpty()) {
      try {
        consumer
            .endOffsets(waiting.keySet(), PATIENCE)
            .forEach((partition, end) ->
                lags.put(partition, end - waiting.getOrDefault(partition, end)));
      } catch (KafkaException e) {
        LOG.debug("the ends of partitions that wait are not known", e);
        return;
      }
    }
    gauges.register(
        lags.entrySet().stream()
            .<MultiGauge.Row<?>>map(lag ->
                MultiGauge.Row.of(
                    Tags.of(
                        "topic",
                        lag.getKey().topic(),
                        "partition",
                        Integer.toString(lag.getKey().partition())),
                    Math.max(0, lag.getValue())))
            .toList(),
        true);
  }
}
