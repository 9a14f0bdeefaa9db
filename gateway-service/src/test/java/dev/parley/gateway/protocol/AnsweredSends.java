package dev.parley.gateway.protocol;

import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Topics;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.command.CommandCodec;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.DeliveryCodec;
import dev.parley.contracts.json.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The message-service, as far as those need it who send to one conversation: answers each send
/// that comes after it was made, until it is closed. Its log ends at event 3 before.
final class AnsweredSends implements AutoCloseable {
  private final Topics topics;
  private final UUID conversation;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<Void> answering;
  private volatile boolean over;

  AnsweredSends(String kafka, Topics topics, UUID conversation) {
    this.topics = topics;
    this.conversation = conversation;
    Map<String, Object> config = Map.of("bootstrap.servers", kafka);
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, Topics.COMMAND_PARTITIONS)
            .mapToObj(number -> new TopicPartition(topics.commands().name(), number))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // Or the end would be where it is looked for, later.
    answering = CompletableFuture.runAsync(this::answer, thread);
  }

  private void answer() {
    for (long seq = 4; !over; ) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
        if (command(record) instanceof Command.Send send
            && send.conversation().equals(conversation)) {
          var _ = producer.send(record(sent(send, seq++)));
        }
      }
    }
  }

  private static Command command(ConsumerRecord<byte[], byte[]> record) {
    try {
      return CommandCodec.decode(record.key(), headers(record), record.value());
    } catch (MalformedRecord e) {
      throw new AssertionError(e);
    }
  }

  private static Delivery sent(Command.Send send, long seq) {
    return new Delivery.Event(
        send.conversation(),
        seq,
        0,
        "message",
        send.user(),
        null,
        send.request(),
        send.reply(),
        JsonText.of("{\"type\":\"event\",\"event\":\"message\",\"seq\":" + seq + "}"));
  }

  private ProducerRecord<byte[], byte[]> record(Delivery delivery) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topics.deliveries().name(), Topics.BROADCAST, null, delivery.json().utf8());
    DeliveryCodec.headers(delivery)
        .bytes()
        .forEach((name, value) -> record.headers().add(new RecordHeader(name, value)));
    return record;
  }

  private static RecordHeaders.Reader headers(ConsumerRecord<byte[], byte[]> record) {
    return new RecordHeaders.Reader(name -> {
      var header = record.headers().lastHeader(name);
      return header == null ? null : header.value();
    });
  }

  /// Fails as answering did.
  @Override
  public void close() {
    over = true;
    try (producer;
        consumer;
        thread) {
      answering.join();
    }
  }
}
