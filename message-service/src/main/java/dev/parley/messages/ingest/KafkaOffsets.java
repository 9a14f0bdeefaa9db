package dev.parley.messages.ingest;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
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

  private Map<Integer, Long> ask(
      Set<Integer> partitions,
      Function<Collection<TopicPartition>, Map<TopicPartition, Long>> question) {
    Set<TopicPartition> asked =
        partitions.stream()
            .map(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toSet());
    Map<Integer, Long> offsets = new HashMap<>();
    question
        .apply(asked)
        .forEach((partition, offset) -> offsets.put(partition.partition(), offset));
    return offsets;
  }
}
