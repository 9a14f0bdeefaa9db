package dev.parley.runtime.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaLagTest {
  private static final TopicPartition READ = new TopicPartition("commands", 3);
  private static final TopicPartition WAITING = new TopicPartition("commands", 4);

  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("none");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final KafkaLag lag = new KafkaLag(kafka, registry);

  KafkaLagTest() {
    kafka.assign(List.of(READ, WAITING));
    kafka.updateEndOffsets(Map.of(READ, 50L, WAITING, 70L));
    kafka.seek(READ, 48);
    kafka.seek(WAITING, 0);
  }

  @Test
  void whatWaitsIsMeasuredFromWhereItWaits() {
    lag.look(List.of(READ), Map.of(WAITING, 65L));
    assertEquals(2, measured(3));
    assertEquals(5, measured(4));
  }

  /// It would be told twice, once by whoever does not have it any more.
  @Test
  void partitionThatGoesTakesItsLagAlong() {
    lag.look(List.of(READ, WAITING), Map.of());
    lag.look(List.of(READ), Map.of());
    assertNull(measured(4));
    lag.end();
    assertNull(measured(3));
  }

  private Double measured(int partition) {
    Gauge gauge = registry.find("parley.kafka.lag").tag("partition", "" + partition).gauge();
    return gauge == null ? null : gauge.value();
  }
}
