package dev.parley.messages.signals;

import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.signal.SignalCodec;
import dev.parley.messages.fanout.Outgoing.Trace;
import dev.parley.runtime.kafka.KafkaLag;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads `signals` as an ordinary group whose offsets Kafka keeps: what was read and not handled
/// when a process died is lost, which signals may be.
///
/// [#run()] is the loop of one thread; others may call [#stop()].
final class KafkaSignals implements Runnable {
  private static final Logger LOG = Logger.getLogger(KafkaSignals.class);
  private static final int COMMIT_MILLIS = 30_000;
  private static final int SESSION_MILLIS = 10_000;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Signals signals;
  private final SignalsConfig config;
  private final Clock clock;
  private final KafkaLag lag;
  private volatile boolean stopping;

  KafkaSignals(
      Consumer<byte[], byte[]> consumer,
      String topic,
      Signals signals,
      SignalsConfig config,
      Clock clock,
      MeterRegistry metrics) {
    this.consumer = consumer;
    this.topic = topic;
    this.signals = signals;
    this.config = config;
    this.clock = clock;
    this.lag = new KafkaLag(consumer, metrics);
  }

  /// @param kafka connection settings from configuration (`kafka.*`)
  /// @param group shared by all instances of the service
  static Consumer<byte[], byte[]> consumer(
      Map<String, Object> kafka, String group, SignalsConfig config) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "message-service-signals");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
    settings.put(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batch());
    settings.put(
        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(config.idle().toMillis()));
    // The default of 45 s would keep receipts of a dead instance's partitions waiting for as long.
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 3);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(CooperativeStickyAssignor.class.getName()));
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void run() {
    consumer.subscribe(List.of(topic));
    try {
      while (!stopping) {
        step();
      }
    } finally {
      lag.end();
      consumer.close();
    }
  }

  /// Ends [#run()] soon; thread-safe.
  void stop() {
    stopping = true;
    consumer.wakeup();
  }

  private void step() {
    try {
      List<Arrived> arrived = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(patience())) {
        Arrived signal = read(message);
        if (signal != null) {
          arrived.add(signal);
        }
      }
      signals.apply(arrived);
      if (lag.due()) {
        lag.look(consumer.assignment(), Map.of());
      }
    } catch (WakeupException e) {
      LOG.debug("asked to stop");
    } catch (KafkaException e) {
      LOG.warn("signals are not read for a moment", e);
      LockSupport.parkNanos(PAUSE.toNanos());
    } catch (RuntimeException e) {
      LOG.error("a batch of signals is lost to a defect", e);
    }
  }

  private Duration patience() {
    OptionalLong due = signals.nextDue();
    if (due.isEmpty()) {
      return config.idle();
    }
    Duration until = Duration.ofNanos(Math.max(0, due.getAsLong() - System.nanoTime()));
    return until.compareTo(config.idle()) < 0 ? until : config.idle();
  }

  private @Nullable Arrived read(ConsumerRecord<byte[], byte[]> message) {
    RecordHeaders.Reader headers =
        new RecordHeaders.Reader(name -> {
          Header header = message.headers().lastHeader(name);
          return header == null ? null : header.value();
        });
    try {
      boolean fresh = clock.millis() - message.timestamp() < config.freshness().toMillis();
      return new Arrived(
          SignalCodec.decode(message.key(), headers, message.value()),
          fresh,
          new Trace(headers.text(RecordHeaders.TRACEPARENT), headers.text(RecordHeaders.RECEIVED)));
    } catch (MalformedRecord e) {
      LOG.warnf(
          "signal at partition %d offset %d is passed over: %s",
          message.partition(), message.offset(), e.getMessage());
      return null;
    }
  }
}
