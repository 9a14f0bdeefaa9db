package dev.parley.messages.signals;

import dev.parley.contracts.Topics;
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

/// Puts the handling of signals together and runs it on thread `signals` as long as the application
/// does.
@Singleton
@Startup
final class KafkaSignalsStart {
  private static final Duration END = Duration.ofSeconds(5);
  private static final int BEFORE_CLIENTS_CLOSE = 1;

  private final KafkaSignals signals;
  private final Thread thread;

  KafkaSignalsStart(
      KafkaTopics created,
      Topics topics,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      DataSource dataSource,
      @Identifier("signals") Fanout fanout,
      SignalsConfig config,
      Clock clock,
      MeterRegistry metrics) {
    created.ensure(List.of(topics.signals(), topics.signalDeliveries()));
    signals =
        new KafkaSignals(
            KafkaSignals.consumer(kafka, topics.prefix() + "message-service.signals", config),
            topics.signals().name(),
            new Signals(new PostgresSignals(dataSource), fanout, config, System::nanoTime, metrics),
            config,
            clock,
            metrics);
    thread = Thread.ofPlatform().name("signals").daemon().start(signals);
  }

  void stop(@Observes @Priority(BEFORE_CLIENTS_CLOSE) ShutdownEvent event)
      throws InterruptedException {
    signals.stop();
    thread.join(END);
  }
}
