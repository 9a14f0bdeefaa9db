package dev.parley.messages.ingest;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/// The offsets of `topic`, asked for on the thread that polls.
record KafkaOffsets(Consumer<byte[], byte[]> consumer, String topic) implements Takeover.Offsets {
  @Override
  public Map<Integer, Long> begins(Set<Integer> partitions) {
    return ask(partitions, consumer::beginningOffsets);
  }

  @Override
  public Map<Integer, Long> ends(Set<Integer> partitions) {
    return ask(partitions, consumer::endOffsets);
  }

  @Override
  public Map<Integer, Long> firstAfter(Map<Integer, Long> times) {
    Map<TopicPartition, Long> asked = new HashMap<>();
    times.forEach((partition, time) -> asked.put(partition(partition), time + 1));
    Map<Integer, Long> offsets = new HashMap<>();
    // Kafka answers null where there is none.
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked);
    found.forEach((partition, first) -> {
      if (first != null) {
        offsets.put(partition.partition(), first.offset());
      }
    });
    return offsets;
  }

  @Override
  public Map<Integer, Long> shown(Set<Integer> partitions) {
    Map<Integer, Long> offsets = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> found = consumer.committed(all(partitions));
    found.forEach((partition, shown) -> {
      if (shown != null) {
        offsets.put(partition.partition(), shown.offset());
      }
    });
    return offsets;
  }

  private Set<TopicPartition> all(Set<Integer> partitions) {
    return partitions.stream().map(this::partition).collect(Collectors.toSet());
  }

  private TopicPartition partition(int number) {
    return new TopicPartition(topic, number);
  }

  private Map<Integer, Long> ask(
      Set<Integer> partitions,
      Function<Collection<TopicPartition>, Map<TopicPartition, Long>> question) {
    Map<Integer, Long> offsets = new HashMap<>();
    question
        .apply(all(partitions))
        .forEach((partition, offset) -> offsets.put(partition.partition(), offset));
    return offsets;
  }
}
