package dev.parley.messages.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.command.CommandCodec;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.messages.fanout.Outgoing.Trace;
import dev.parley.runtime.logging.About;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.apache.kafka.common.record.TimestampType;
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

  /// The command in `message`, if it is one.
  Optional<Incoming.Wellformed> command(ConsumerRecord<byte[], byte[]> message) {
    try {
      return Optional.of(wellformed(message));
    } catch (MalformedRecord e) {
      return Optional.empty();
    }
  }

  private Incoming.Wellformed wellformed(ConsumerRecord<byte[], byte[]> message)
      throws MalformedRecord {
    RecordHeaders.Reader headers = headers(message);
    return new Incoming.Wellformed(
        message.partition(),
        message.offset(),
        appended(message),
        CommandCodec.decode(message.key(), headers, message.value()),
        trace(headers),
        (cause, limit) -> bury(message, cause, limit));
  }

  private Incoming read(ConsumerRecord<byte[], byte[]> message) throws InterruptedException {
    try {
      return wellformed(message);
    } catch (MalformedRecord e) {
      try (About _ = About.trace(headers(message).text(RecordHeaders.TRACEPARENT))) {
        LOG.errorf(
            "record at partition %d offset %d goes to %s: %s",
            message.partition(), message.offset(), deadTopic, e.getMessage());
      }
      bury(message, String.valueOf(e.getMessage()), BURIAL);
      metrics.dead();
      return new Incoming.Dead(
          message.partition(),
          message.offset(),
          appended(message),
          ReplyAddress.parse(headers(message).text(CommandCodec.REPLY)),
          trace(headers(message)));
    }
  }

  private static RecordHeaders.Reader headers(ConsumerRecord<byte[], byte[]> message) {
    return new RecordHeaders.Reader(name -> last(message, name));
  }

  private static Trace trace(RecordHeaders.Reader headers) {
    return new Trace(headers.text(RecordHeaders.TRACEPARENT), headers.text(RecordHeaders.RECEIVED));
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

  /// Gateways' clocks say nothing about the order of records.
  private static long appended(ConsumerRecord<byte[], byte[]> message) {
    return message.timestampType() == TimestampType.LOG_APPEND_TIME ? message.timestamp() : 0;
  }

  private static byte @Nullable [] last(ConsumerRecord<byte[], byte[]> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null ? null : header.value();
  }
}
