package dev.parley.chaos.stack;

import dev.parley.chaos.check.Rest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// How many records wait for each consumer group.
final class Lags {
  private final String brokers;

  Lags(String brokers) {
    this.brokers = brokers;
  }

  /// @throws IOException if Kafka does not say
  List<Rest.Lag> read() throws IOException, InterruptedException {
    try {
      return ask();
    } catch (ExecutionException e) {
      throw new IOException("Kafka does not say how far its groups are: " + e.getCause(), e);
    }
  }

  private List<Rest.Lag> ask() throws ExecutionException, InterruptedException {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", brokers,
            "request.timeout.ms", 10_000,
            "default.api.timeout.ms", 20_000);
    List<Rest.Lag> lags = new ArrayList<>();
    try (Admin admin = Admin.create(settings)) {
      for (String group : Groups.ALL) {
        var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        committed.forEach((partition, offset) -> {
          if (offset != null) {
            wanted.put(partition, OffsetSpec.latest());
          }
        });
        long lag = 0;
        for (var end : admin.listOffsets(wanted).all().get().entrySet()) {
          var at = committed.get(end.getKey());
          lag += at == null ? 0 : Math.max(0, end.getValue().offset() - at.offset());
        }
        lags.add(new Rest.Lag("consumer group " + group, lag));
      }
    }
    return lags;
  }
}
