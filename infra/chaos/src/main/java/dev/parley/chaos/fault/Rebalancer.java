package dev.parley.chaos.fault;

import dev.parley.chaos.stack.Groups;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A stranger in the group that reads commands: it is given partitions, applies nothing of what is
/// in them, and leaves again.
final class Rebalancer {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration STAYS = Duration.ofMillis(2_500);

  private final String brokers;

  Rebalancer(String brokers) {
    this.brokers = brokers;
  }

  /// Joins and leaves again and again.
  void disturb(Duration lasts) throws InterruptedException {
    long end = System.nanoTime() + lasts.toNanos();
    while (System.nanoTime() - end < 0) {
      long next = System.nanoTime() + EVERY.toNanos();
      visit();
      Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
    }
  }

  private void visit() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            brokers,
            "group.id",
            Groups.COMMANDS,
            "client.id",
            "chaos",
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "latest",
            "group.protocol",
            "consumer");
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Groups.TOPIC));
      long leave = System.nanoTime() + STAYS.toNanos();
      while (System.nanoTime() - leave < 0) {
        consumer.poll(Duration.ofMillis(100));
      }
    } catch (KafkaException interruptedByAnotherFault) {
      // The next visit is due soon.
    }
  }
}
