package dev.parley.messages.probe;

import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.Partitions;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Topics;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.command.CommandCodec;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.DeliveryCodec;
import dev.parley.contracts.signal.Signal;
import dev.parley.contracts.signal.SignalCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Plays the gateways: writes commands, reads deliveries from where the topic ended when the probe
/// was made.
public final class KafkaProbe implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Topics topics;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();

  public KafkaProbe(String servers, Topics topics) {
    this.topics = topics;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "acks", "all", "linger.ms", "0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all = new ArrayList<>();
    for (int partition = 0; partition <= Topics.SLOTS; partition++) {
      all.add(new TopicPartition(topics.deliveries().name(), partition));
    }
    for (int partition = 0; partition <= Topics.SLOTS; partition++) {
      all.add(new TopicPartition(topics.signalDeliveries().name(), partition));
    }
    all.add(new TopicPartition(topics.commandsDead().name(), 0));
    consumer.assign(all);
    consumer.seekToEnd(all);
    all.forEach(consumer::position);
  }

  /// The partition of `commands` that holds a conversation.
  public static int partition(UUID conversation) {
    return Partitions.of(conversation, Topics.COMMAND_PARTITIONS);
  }

  public void send(Command command) throws Exception {
    send(List.of(command));
  }

  /// Writes `commands` in this order and waits until Kafka has them.
  public void send(List<? extends Command> commands) throws Exception {
    List<Future<?>> written = new ArrayList<>();
    for (Command command : commands) {
      written.add(
          write(
              topics.commands().name(),
              partition(command.conversation()),
              CommandCodec.key(command),
              CommandCodec.value(command),
              CommandCodec.headers(command)
                  .with(RecordHeaders.TRACEPARENT, "00-trace")
                  .with(RecordHeaders.RECEIVED, System.currentTimeMillis())));
    }
    for (Future<?> one : written) {
      one.get();
    }
  }

  /// Writes `signals` in this order and waits until Kafka has them.
  public void signal(Signal... signals) {
    for (Signal signal : signals) {
      var _ =
          write(
              topics.signals().name(),
              partition(signal.conversation()),
              SignalCodec.key(signal),
              SignalCodec.value(signal),
              SignalCodec.headers(signal));
    }
    producer.flush();
  }

  /// Writes any record to `commands`.
  public void write(int partition, byte[] key, byte[] value, RecordHeaders headers) {
    var _ = write(topics.commands().name(), partition, key, value, headers);
  }

  /// Writes to `commands` the largest value that a producer with default settings takes.
  public void writeLargest(int partition, byte[] key, RecordHeaders headers) throws Exception {
    for (int size = 1024 * 1024; ; size -= 8) {
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(topics.commands().name(), partition, key, new byte[size]);
      headers.bytes().forEach((name, bytes) -> message.headers().add(name, bytes));
      try {
        producer.send(message).get();
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RecordTooLargeException)) {
          throw e;
        }
      }
    }
  }

  private Future<?> write(
      String topic, int partition, byte[] key, byte[] value, RecordHeaders headers) {
    ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, partition, key, value);
    headers.bytes().forEach((name, bytes) -> message.headers().add(name, bytes));
    return producer.send(message);
  }

  /// The first `count` deliveries of one partition since the probe was made.
  public List<Delivery> deliveries(int partition, int count) throws MalformedRecord {
    return deliveries(topics.deliveries().name(), partition, count);
  }

  /// The first `count` deliveries on `signals.deliveries` of one partition.
  public List<Delivery> signalDeliveries(int partition, int count) throws MalformedRecord {
    return deliveries(topics.signalDeliveries().name(), partition, count);
  }

  private List<Delivery> deliveries(String topic, int partition, int count) throws MalformedRecord {
    List<Delivery> deliveries = new ArrayList<>();
    for (var message : records(topic, partition, count)) {
      deliveries.add(
          DeliveryCodec.decode(
              new RecordHeaders.Reader(name -> header(message, name)), message.value()));
    }
    return deliveries;
  }

  /// The first `count` records of one partition since the probe was made.
  public List<ConsumerRecord<byte[], byte[]>> records(String topic, int partition, int count) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<ConsumerRecord<byte[], byte[]>> found =
          read.stream().filter(r -> r.topic().equals(topic) && r.partition() == partition).toList();
      if (found.size() >= count) {
        return found;
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(
            "%d of %d records in %s-%d".formatted(found.size(), count, topic, partition));
      }
      poll();
    }
  }

  /// How many records of one partition have come by now.
  public long poll(String topic, int partition) {
    poll();
    return read.stream().filter(r -> r.topic().equals(topic) && r.partition() == partition).count();
  }

  // Heads are told at a beat, whatever a test does.
  private void poll() {
    for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
      byte[] type = header(message, "type");
      if (type == null || !new String(type, StandardCharsets.US_ASCII).equals("heads")) {
        read.add(message);
      }
    }
  }

  public List<ConsumerRecord<byte[], byte[]>> dead(int count) {
    return records(topics.commandsDead().name(), 0, count);
  }

  public static byte[] header(ConsumerRecord<byte[], byte[]> message, String name) {
    var header = message.headers().lastHeader(name);
    return header == null ? null : header.value();
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
