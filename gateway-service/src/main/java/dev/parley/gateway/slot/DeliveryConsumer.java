package dev.parley.gateway.slot;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Topics;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.DeliveryCodec;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.feed.Deliveries;
import dev.parley.runtime.kafka.KafkaLag;
import dev.parley.runtime.trace.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads this gateway's slot and the broadcast partition of `deliveries` and `signals.deliveries`,
/// from their ends as they are when it starts, and hands what it reads to fan-out. Positions are
/// held in memory only: a gateway that starts again has no sessions to which older records matter.
///
/// One thread, its own. [#stop()] is for any thread.
final class DeliveryConsumer implements Runnable {
  private static final Logger LOG = Logger.getLogger(DeliveryConsumer.class);

  /// A fetch waits this long at the broker when there is nothing; it is answered at once when there
  /// is. Long, so that an idle gateway costs next to nothing; no longer, since a broker answers one
  /// request of a connection after the other: the question who leads the partitions of a broker
  /// that died waits behind it, and is asked until there is an answer.
  private static final Duration POLL = Duration.ofSeconds(1);

  private static final int MOST_RECORDS = 1000;

  private final Consumer<byte[], byte[]> kafka;
  private final List<TopicPartition> partitions;
  private final SlotAddress address;
  private final Deliveries deliveries;
  private final SlotMetrics metrics;
  private final KafkaLag lag;
  private final Watch watch;
  private volatile boolean stopped;

  /// Who hears how it goes; called on the consumer's thread.
  interface Watch {
    /// Positions are known: everything from here on is read.
    void positioned();

    /// Reading is over, though nobody stopped it: `reason` says why.
    void broken(String reason);
  }

  DeliveryConsumer(
      Map<String, Object> client,
      Topics topics,
      SlotAddress address,
      Deliveries deliveries,
      SlotMetrics metrics,
      Watch watch) {
    this(new KafkaConsumer<>(settings(client)), topics, address, deliveries, metrics, watch);
  }

  /// Reads through `kafka`, which it owns from here on.
  DeliveryConsumer(
      Consumer<byte[], byte[]> kafka,
      Topics topics,
      SlotAddress address,
      Deliveries deliveries,
      SlotMetrics metrics,
      Watch watch) {
    this.kafka = kafka;
    this.address = address;
    this.deliveries = deliveries;
    this.metrics = metrics;
    this.lag = new KafkaLag(kafka, metrics.registry());
    this.watch = watch;
    this.partitions = new ArrayList<>();
    for (String topic : List.of(topics.deliveries().name(), topics.signalDeliveries().name())) {
      partitions.add(new TopicPartition(topic, address.slot()));
      partitions.add(new TopicPartition(topic, Topics.BROADCAST));
    }
  }

  private static Map<String, Object> settings(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "gateway-deliveries");
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return settings;
  }

  @Override
  public void run() {
    try (kafka) {
      try {
        read();
      } catch (WakeupException stop) {
        // Otherwise closing waits for the broker's answer to the fetch that is under way.
        kafka.close(CloseOptions.timeout(Duration.ZERO));
      }
    } catch (RuntimeException | Error e) {
      // Whatever it was: a gateway that does not read its slot must not look alive.
      if (!stopped) {
        LOG.error("Deliveries cannot be read any more", e);
        watch.broken(e.toString());
      }
    } finally {
      lag.end();
    }
  }

  private void read() {
    kafka.assign(partitions);
    resolveEnds();
    watch.positioned();
    while (!stopped) {
      hand(kafka.poll(POLL));
      if (lag.due()) {
        lag.look(partitions, Map.of());
      }
    }
  }

  /// Ends reading.
  void stop() {
    stopped = true;
    kafka.wakeup();
  }

  private void resolveEnds() {
    kafka.seekToEnd(partitions);
    for (TopicPartition partition : partitions) {
      boolean resolved = false;
      while (!resolved) {
        try {
          kafka.position(partition, POLL);
          resolved = true;
        } catch (TimeoutException e) {
          LOG.warnf("Kafka does not tell the end of %s yet; waiting for it", partition);
        }
      }
    }
  }

  private void hand(ConsumerRecords<byte[], byte[]> records) {
    if (records.isEmpty()) {
      return;
    }
    metrics.batch(records.count());
    List<Delivery> batch = new ArrayList<>(records.count());
    for (TopicPartition partition : records.partitions()) {
      metrics.read(partition.partition() == Topics.BROADCAST, records.records(partition).size());
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        Delivery delivery =
            DeliveryCodec.decode(
                new RecordHeaders.Reader(name -> header(record, name)), record.value());
        batch.add(delivery);
        byte[] trace = header(record, RecordHeaders.TRACEPARENT);
        if (Spans.sampled(trace) && trace != null && delivery instanceof Delivery.Event e) {
          deliveries.traced(e.conversation(), e.seq(), new String(trace, US_ASCII));
        }
      } catch (MalformedRecord e) {
        metrics.malformed();
        LOG.warnf(
            "A delivery at %s-%d offset %d cannot be read and is passed over: %s",
            record.topic(), record.partition(), record.offset(), e.getMessage());
      }
    }
    metrics.wasted(deliveries.accept(batch, address));
  }

  private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : header.value();
  }
}
