package dev.parley.messages.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.command.CommandCodec;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.messages.fanout.Outgoing.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes commands of Kafka records, and puts those of which nothing can be made into
/// `commands.dead`, as they were, with header `cause`.
final class KafkaRecords {
  private static final Logger LOG = Logger.getLogger(KafkaRecords.class);
  private static final Duration BURIAL = Duration.ofSeconds(30);

  private final Producer<byte[], byte[]> producer;
  private final String deadTopic;
  private final IngestMetrics metrics;

  KafkaRecords(Producer<byte[], byte[]> producer, String deadTopic, IngestMetrics metrics) {
    this.producer = producer;
    this.deadTopic = deadTopic;
    this.metrics = metrics;
  }

  /// The records of a poll in the order of their offsets within each partition. Those that are not
  /// commands are put away first.
  List<Incoming> read(ConsumerRecords<byte[], byte[]> polled) throws InterruptedException {
    List<Incoming> incoming = new ArrayList<>(polled.count());
    for (ConsumerRecord<byte[], byte[]> message : polled) {
      incoming.add(read(message));
    }
    return incoming;
  }

  private Incoming read(ConsumerRecord<byte[], byte[]> message) throws InterruptedException {
    RecordHeaders.Reader headers = new RecordHeaders.Reader(name -> last(message, name));
    Trace trace =
        new Trace(headers.text(RecordHeaders.TRACEPARENT), headers.text(RecordHeaders.RECEIVED));
    try {
      return new Incoming.Wellformed(
          message.partition(),
          message.offset(),
          CommandCodec.decode(message.key(), headers, message.value()),
          trace,
          (cause, limit) -> bury(message, cause, limit));
    } catch (MalformedRecord e) {
      LOG.errorf(
          "record at partition %d offset %d goes to %s: %s",
          message.partition(), message.offset(), deadTopic, e.getMessage());
      metrics.dead();
      bury(message, String.valueOf(e.getMessage()), BURIAL);
      return new Incoming.Dead(
          message.partition(),
          message.offset(),
          ReplyAddress.parse(headers.text(CommandCodec.REPLY)),
          trace);
    }
  }

  private void bury(ConsumerRecord<byte[], byte[]> message, String cause, Duration limit)
      throws InterruptedException {
    if (!put(message, message.value(), cause, limit)) {
      put(message, null, cause + "; its value does not fit beside this cause", limit);
    }
  }

  /// Returns false if the record is too large with `value`.
  private boolean put(
      ConsumerRecord<byte[], byte[]> message, byte @Nullable [] value, String cause, Duration limit)
      throws InterruptedException {
    ProducerRecord<byte[], byte[]> dead =
        new ProducerRecord<>(deadTopic, null, message.key(), value, message.headers());
    dead.headers().add(RecordHeaders.CAUSE, cause.getBytes(UTF_8));
    try {
      producer.send(dead).get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException && value != null) {
        return false;
      }
      throw new IngestFailure("a dead letter was not taken", e);
    } catch (TimeoutException | KafkaException e) {
      throw new IngestFailure("a dead letter was not taken", e);
    }
  }

  private static byte @Nullable [] last(ConsumerRecord<byte[], byte[]> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null ? null : header.value();
  }
}
