package dev.parley.gateway.kafka;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<Loss> losses = new CopyOnWriteArrayList<>();
  private KafkaPublisher publisher = open(Duration.ofSeconds(5));

  @AfterEach
  void close() {
    publisher.close();
  }

  @Test
  void recordsKeepTheirOrder() {
    for (int i = 0; i < 100; i++) {
      publish(i);
    }
    await().until(() -> producer.history().size() == 100);
    assertEquals(
        IntStream.range(0, 100).boxed().toList(),
        producer.history().stream().map(record -> (int) record.value()[0]).toList());
  }

  @Test
  void whatTheClientRefusesIsNotWritten() {
    producer.sendException = new TimeoutException("no metadata");
    publish(1);
    await().until(() -> !losses.isEmpty());
    assertEquals(List.of(Loss.NOT_WRITTEN), losses);
  }

  @Test
  void failureThatNobodyExpectsDoesNotEndTheWriting() {
    producer.sendException = new IllegalArgumentException("unheard of");
    publisher.publish(
        record(new byte[] {1}),
        loss -> {
          losses.add(loss);
          throw new IllegalArgumentException("nor this");
        });
    await().until(() -> !losses.isEmpty());
    assertEquals(List.of(Loss.NOT_WRITTEN), losses);
    producer.sendException = null;
    publish(2);
    await().until(() -> producer.history().size() == 1);
  }

  @Test
  void whatFailsLaterIsPerhapsWritten() {
    publish(1);
    await().until(() -> producer.errorNext(new TimeoutException("no answer")));
    assertEquals(List.of(Loss.PERHAPS_WRITTEN), losses);
  }

  @Test
  void whatIsWrittenIsNotLost() {
    publish(1);
    await().until(producer::completeNext);
    assertEquals(List.of(), losses);
  }

  @Test
  void whatFindsTheQueueFullIsNotWritten() {
    publisher.publish(record(new byte[200 * 1024]), losses::add);
    assertEquals(List.of(Loss.NOT_WRITTEN), losses);
  }

  @Test
  void whatWaitedTooLongIsNotWritten() {
    publisher.close();
    publisher = open(Duration.ofSeconds(-1));
    publish(1);
    await().until(() -> !losses.isEmpty());
    assertEquals(List.of(Loss.NOT_WRITTEN), losses);
    assertEquals(0, producer.history().size());
  }

  @Test
  void afterTheEndNothingIsWritten() {
    publisher.close();
    publish(1);
    assertEquals(List.of(Loss.NOT_WRITTEN), losses);
  }

  private void publish(int value) {
    publisher.publish(record(new byte[] {(byte) value}), losses::add);
  }

  private static ProducerRecord<byte[], byte[]> record(byte[] value) {
    return new ProducerRecord<>("topic", 0, null, value);
  }

  private KafkaPublisher open(Duration patience) {
    Map<String, Object> values =
        Map.of("queue", new MemorySize(BigInteger.valueOf(100 * 1024)), "patience", patience);
    ProducerConfig config =
        (ProducerConfig)
            Proxy.newProxyInstance(
                ProducerConfig.class.getClassLoader(),
                new Class<?>[] {ProducerConfig.class},
                (proxy, method, args) -> values.get(method.getName()));
    return new KafkaPublisher("test", producer, config, new SimpleMeterRegistry());
  }
}
