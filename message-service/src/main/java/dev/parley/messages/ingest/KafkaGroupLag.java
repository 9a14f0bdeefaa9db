package dev.parley.messages.ingest;

import dev.parley.runtime.kafka.KafkaLag;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// How far the group is behind, for people and tools: as a metric, and as offsets in Kafka, which
/// nobody reads back. Used by the thread that polls alone.
final class KafkaGroupLag {
  private final Consumer<?, ?> consumer;
  private final String topic;
  private final KafkaLag lag;

  /// Where partitions that are ours and not worked on go on, as far as we know.
  private final Map<TopicPartition, Long> waiting = new HashMap<>();

  /// Whether Kafka has not yet answered to offsets that it was told.
  private boolean showing;

  KafkaGroupLag(Consumer<?, ?> consumer, String topic, MeterRegistry registry) {
    this.consumer = consumer;
    this.topic = topic;
    this.lag = new KafkaLag(consumer, registry);
  }

  /// A partition of ours is not worked on for now.
  ///
  /// @param next offset of the first command that is not applied
  void waits(int partition, long next) {
    waiting.put(at(partition), next);
  }

  /// A partition is worked on, or not ours any more.
  void waitsNoMore(int partition) {
    waiting.remove(at(partition));
  }

  /// Whether it is time to look and to show again.
  boolean due() {
    return lag.due();
  }

  /// Measures; may block for a second if something waits.
  void look(Collection<Holding> held) {
    lag.look(held.stream().map(holding -> at(holding.partition())).toList(), waiting);
  }

  /// Commits to Kafka what it does not know. What it does not take is shown the next time.
  void show(Collection<Holding> held) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    List<Runnable> taken = new ArrayList<>();
    for (Holding holding : held) {
      if (!holding.shown()) {
        long next = holding.next();
        offsets.put(at(holding.partition()), new OffsetAndMetadata(next));
        taken.add(() -> holding.shown(next));
      }
    }
    if (!showing && !offsets.isEmpty()) {
      showing = true;
      consumer.commitAsync(
          offsets,
          (shown, refused) -> {
            showing = false;
            if (refused == null) {
              taken.forEach(Runnable::run);
            }
          });
    }
  }

  /// Nothing is read any more.
  void end() {
    lag.end();
  }

  private TopicPartition at(int partition) {
    return new TopicPartition(topic, partition);
  }
}
