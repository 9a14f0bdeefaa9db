package dev.parley.messages.ingest;

import dev.parley.contracts.Topics;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.fanout.Fanout;
import dev.parley.runtime.kafka.KafkaTopics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

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
      Fanout fanout,
      Clock clock,
      Failpoints failpoints,
      IngestConfig config,
      MeterRegistry registry)
      throws InterruptedException {
    created.ensure(List.of(topics.commands(), topics.commandsDead(), topics.deliveries()));
    String topic = topics.commands().name();
    IngestMetrics metrics = new IngestMetrics(registry);
    PostgresProgress progress = new PostgresProgress(dataSource);
    commands =
        new KafkaCommands(
            KafkaClients.consumer(kafka, topics.prefix() + "message-service.commands", config),
            topic,
            KafkaClients.topicId(kafka, topic),
            new KafkaRecords(producer, topics.commandsDead().name(), metrics),
            new Ingest(dataSource, fanout, clock, failpoints, metrics),
            new Takeover(progress, fanout, metrics),
            progress,
            config,
            metrics);
    thread = Thread.ofPlatform().name("commands").daemon().start(commands);
  }

  void stop(@Observes @Priority(BEFORE_CLIENTS_CLOSE) ShutdownEvent event)
      throws InterruptedException {
    commands.stop();
    thread.join(END);
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("commands")
        .status(thread.isAlive() && commands.alive())
        .build();
  }
}
