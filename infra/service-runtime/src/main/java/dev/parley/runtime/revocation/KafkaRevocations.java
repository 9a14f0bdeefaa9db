package dev.parley.runtime.revocation;

import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Topics;
import dev.parley.contracts.token.RevocationCodec;
import dev.parley.runtime.kafka.KafkaTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Follows the topic `revocations` from its beginning and teaches [Revocations] what it reads, on
/// one thread of its own and in no consumer group: every process needs all of them.
///
/// While Kafka is away it keeps trying; what was learnt stays valid meanwhile.
final class KafkaRevocations implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(KafkaRevocations.class);

  /// Below `kafka.request.timeout.ms`, or a fetch that finds nothing would cost its connection.
  private static final Duration POLL = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Map<String, Object> settings;
  private final KafkaTopics topics;
  private final Topics.Spec topic;
  private final Revocations revocations;
  private final Thread thread;
  private volatile boolean caughtUp;
  private volatile String problem = "nothing failed yet";
  private volatile boolean closed;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;

  KafkaRevocations(
      Map<String, Object> client, KafkaTopics topics, Topics.Spec topic, Revocations revocations) {
    this.topics = topics;
    this.topic = topic;
    this.revocations = revocations;
    settings = new HashMap<>(client);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "revocations");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    // A record ends the broker's wait at once; an idle topic costs one request in this time.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis());
    thread = Thread.ofPlatform().daemon().name("revocations").unstarted(this::run);
  }

  /// Creates the topic if need be, then begins to follow it.
  ///
  /// @throws IllegalStateException if Kafka does not answer in time
  void start() {
    topics.ensure(List.of(topic));
    thread.start();
  }

  /// Whether everything that was in the topic at the start has been read.
  boolean caughtUp() {
    return caughtUp;
  }

  /// Why not everything has been read, while it has not.
  String problem() {
    return "The topic %s has not been read to its end: %s".formatted(topic.name(), problem);
  }

  @Override
  public void close() {
    closed = true;
    Consumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try (Consumer<byte[], byte[]> opened = new KafkaConsumer<>(settings)) {
        consumer = opened;
        follow(opened);
        // Otherwise closing waits for the broker's answer to the fetch that is under way.
        opened.close(CloseOptions.timeout(Duration.ZERO));
      } catch (RuntimeException e) {
        // Whatever it was: a thread that has ended would let revoked tokens pass from then on.
        if (closed) {
          return;
        }
        problem = e.toString();
        LOG.warnf(e, "reading %s failed; starting again at its beginning", topic.name());
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  // Returns when it is woken to stop.
  private void follow(Consumer<byte[], byte[]> opened) {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    opened.assign(List.of(partition));
    opened.seekToBeginning(List.of(partition));
    long end = opened.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (!closed) {
      if (!caughtUp && opened.position(partition) >= end) {
        caughtUp = true;
        LOG.infof("%d revocations in force", revocations.size());
      }
      try {
        opened.poll(POLL).forEach(this::learn);
      } catch (WakeupException e) {
        return;
      }
      revocations.forgetOld();
    }
  }

  private void learn(ConsumerRecord<byte[], byte[]> record) {
    try {
      revocations.learn(RevocationCodec.decode(headers(record), record.value()));
    } catch (MalformedRecord e) {
      LOG.errorf("%s@%d is no revocation: %s", record.topic(), record.offset(), e.getMessage());
    }
  }

  private static RecordHeaders.Reader headers(ConsumerRecord<?, ?> record) {
    return new RecordHeaders.Reader(name -> {
      Header header = record.headers().lastHeader(name);
      return header == null ? null : header.value();
    });
  }
}
