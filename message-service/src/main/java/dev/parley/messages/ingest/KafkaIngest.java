package dev.parley.messages.ingest;

import dev.parley.contracts.Topics;
import dev.parley.messages.database.PostgresPool;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.fanout.Fanout;
import dev.parley.runtime.health.Check;
import dev.parley.runtime.kafka.KafkaTopics;
import dev.parley.runtime.trace.Spans;
import dev.parley.runtime.trail.TrailRing;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.health.api.Wellness;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/// Puts the way in together and runs it on thread `commands` as long as the application does.
@Singleton
@Startup
@Readiness
@Liveness
final class KafkaIngest implements HealthCheck {
  private static final Duration END = Duration.ofSeconds(8);
  private static final int BEFORE_CLIENTS_CLOSE = 1;

  private final KafkaCommands commands;
  private final Thread thread;

  KafkaIngest(
      KafkaTopics created,
      Topics topics,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Producer<byte[], byte[]> producer,
      DataSource dataSource,
      PostgresPool pool,
      @Wellness Attention attention,
      Fanout fanout,
      TrailRing trail,
      Spans spans,
      Clock clock,
      Failpoints failpoints,
      IngestConfig config,
      MeterRegistry registry) {
    created.ensure(List.of(topics.commands(), topics.commandsDead(), topics.deliveries()));
    String topic = topics.commands().name();
    IngestMetrics metrics = new IngestMetrics(registry);
    PostgresProgress progress = new PostgresProgress(dataSource);
    KafkaRecords records = new KafkaRecords(producer, topics.commandsDead().name(), metrics);
    commands =
        new KafkaCommands(
            KafkaClients.consumer(kafka, topics.prefix() + "message-service.commands", config),
            new CommandsTopic() {
              @Override
              public String name() {
                return topic;
              }

              @Override
              public UUID id() throws InterruptedException {
                try {
                  return created.id(topic);
                } catch (IllegalStateException e) {
                  throw new IngestFailure(e.getMessage(), e);
                }
              }

              @Override
              public @Nullable UUID lastId() {
                return created.lastId(topic);
              }
            },
            records,
            new Ingest(
                dataSource, fanout, clock, failpoints, metrics, new Footprints(trail, spans)),
            new Takeover(
                progress,
                new Redistribution(
                    progress, fanout, new KafkaReread(kafka, topic, records), metrics),
                attention,
                metrics),
            progress,
            config,
            metrics,
            registry,
            pool::failed);
    thread = Thread.ofPlatform().name("commands").daemon().start(commands);
  }

  void stop(@Observes @Priority(BEFORE_CLIENTS_CLOSE) ShutdownEvent event)
      throws InterruptedException {
    commands.stop();
    thread.join(END);
  }

  @Override
  public HealthCheckResponse call() {
    String cause = null;
    if (!thread.isAlive()) {
      cause = "The thread that reads commands has ended; only a restart helps.";
    } else if (!commands.alive()) {
      cause = "The thread that reads commands has stood still for a minute.";
    }
    var answer = Check.builder("commands", cause).withData("partitions", commands.held());
    String waiting = commands.waiting();
    // What others are away for is no reason to take this instance away too.
    return (waiting == null ? answer : answer.withData("waiting", waiting)).build();
  }
}
