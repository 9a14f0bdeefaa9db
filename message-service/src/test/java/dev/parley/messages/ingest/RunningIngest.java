package dev.parley.messages.ingest;

import static dev.parley.testing.Patience.await;

import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.fanout.Fanout;
import dev.parley.messages.fanout.Fanouts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/// One instance of the pipeline on a thread of its own, as the application starts it. A failpoint
/// that throws an [Error] ends it as a crash would: nothing after that point happens.
final class RunningIngest implements AutoCloseable {
  static final IngestConfig CONFIG = config(Map.of());

  /// @param settings by the last word of their keys; all others at their defaults
  static IngestConfig config(Map<String, String> settings) {
    SmallRyeConfigBuilder config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 300, new DurationConverter())
            .withMapping(IngestConfig.class)
            .withDefaultValue("parley.messages.ingest.idle", "200ms");
    settings.forEach(
        (key, value) -> config.withDefaultValue("parley.messages.ingest." + key, value));
    return config.build().getConfigMapping(IngestConfig.class);
  }

  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Attention attention = new Attention();
  final TestTopic topic;
  private final Producer<byte[], byte[]> producer;
  private final KafkaCommands commands;
  private final Thread thread;

  RunningIngest(TestLog log, DataSource database, String group, Failpoints failpoints)
      throws InterruptedException {
    this(log, database, group, failpoints, CONFIG);
  }

  RunningIngest(
      TestLog log, DataSource database, String group, Failpoints failpoints, IngestConfig config)
      throws InterruptedException {
    this(
        log,
        database,
        KafkaClients.consumer(log.kafka(), log.topics().prefix() + group, config),
        failpoints,
        config);
  }

  RunningIngest(
      TestLog log,
      DataSource database,
      Consumer<byte[], byte[]> consumer,
      Failpoints failpoints,
      IngestConfig config)
      throws InterruptedException {
    producer = Fanouts.producer(log.kafka());
    topic = new TestTopic(log);
    IngestMetrics counted = new IngestMetrics(metrics);
    Fanout fanout = Fanouts.broadcasting(producer, log.topics(), failpoints);
    PostgresProgress progress = new PostgresProgress(database);
    KafkaRecords records = new KafkaRecords(producer, log.topics().commandsDead().name(), counted);
    commands =
        new KafkaCommands(
            consumer,
            topic,
            records,
            new Ingest(database, fanout, Clock.systemUTC(), failpoints, counted, Footprints.NONE),
            new Takeover(
                progress,
                new Redistribution(
                    progress, fanout, new KafkaReread(log.kafka(), topic.name(), records), counted),
                attention,
                counted),
            progress,
            config,
            counted,
            metrics,
            failure -> {});
    thread = Thread.ofPlatform().name("commands-of-test").unstarted(commands);
    thread.setUncaughtExceptionHandler((t, e) -> {});
    thread.start();
  }

  boolean running() {
    return thread.isAlive();
  }

  double count(String meter) {
    return metrics.counter(meter).count();
  }

  @Override
  public void close() {
    commands.stop();
    await().until(() -> !thread.isAlive());
    producer.close();
  }
}
