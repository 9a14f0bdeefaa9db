package dev.parley.gateway.slot;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.Topics;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.DeliveryCodec;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.feed.Deliveries;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DeliveryConsumerTest implements Deliveries, DeliveryConsumer.Watch {
  private static final SlotAddress HERE = new SlotAddress(3, "1-ab");

  private final Topics topics = new Topics("");
  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("none");
  private final CompletableFuture<String> broken = new CompletableFuture<>();
  private RuntimeException failure;
  private int accepted;

  @Test
  void readingThatFailsForWhateverReasonIsTold() {
    failure = new ArrayIndexOutOfBoundsException("a fault of ours");
    read();
    assertEquals(failure.toString(), broken.join());
  }

  @Test
  void readingThatIsStoppedIsNotBroken() {
    kafka.schedulePollTask(() -> {});
    DeliveryConsumer consumer = consumer();
    Thread thread = Thread.ofVirtual().start(consumer);
    await().until(() -> accepted > 0);
    consumer.stop();
    await().until(() -> !thread.isAlive());
    assertEquals(false, broken.isDone());
  }

  private void read() {
    consumer().run();
  }

  private DeliveryConsumer consumer() {
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (String topic : List.of(topics.deliveries().name(), topics.signalDeliveries().name())) {
      ends.put(new TopicPartition(topic, HERE.slot()), 0L);
      ends.put(new TopicPartition(topic, Topics.BROADCAST), 0L);
    }
    kafka.updateEndOffsets(ends);
    return new DeliveryConsumer(
        kafka, topics, HERE, this, new SlotMetrics(new SimpleMeterRegistry()), this);
  }

  @Override
  public void positioned() {
    Delivery push = new Delivery.Push(Route.user(UUID.randomUUID()), null, null, JsonText.of("{}"));
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(topics.deliveries().name(), HERE.slot(), 0, null, push.json().utf8());
    DeliveryCodec.headers(push).bytes().forEach((name, value) -> record.headers().add(name, value));
    kafka.schedulePollTask(() -> kafka.addRecord(record));
  }

  @Override
  public void broken(String reason) {
    broken.complete(reason);
  }

  @Override
  public int accept(List<Delivery> batch, SlotAddress here) {
    if (failure != null) {
      throw failure;
    }
    accepted += batch.size();
    return 0;
  }

  @Override
  public CompletionStage<Void> compareAll() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void closeAll(CloseCode code, String reason) {}
}
