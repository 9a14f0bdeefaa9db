package dev.parley.gateway.command;

import dev.parley.contracts.Partitions;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Topics;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.command.CommandCodec;
import dev.parley.contracts.signal.Signal;
import dev.parley.contracts.signal.SignalCodec;
import dev.parley.gateway.kafka.KafkaPublisher;
import dev.parley.gateway.kafka.KafkaPublishers;
import dev.parley.gateway.kafka.Loss;
import dev.parley.runtime.kafka.KafkaTopics;
import dev.parley.runtime.trace.Spans;
import dev.parley.runtime.trail.Step;
import dev.parley.runtime.trail.TrailRing;
import io.opentelemetry.api.trace.Span;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/// [Commands] over the topics `commands` and `signals`. Signals have a producer of their own, so
/// that they never wait behind commands.
@ApplicationScoped
class KafkaCommands implements Commands {
  private final Topics topics;
  private final KafkaPublisher commands;
  private final KafkaPublisher signals;
  private final TrailRing trail;
  private final Spans spans;
  private final Clock clock = Clock.systemUTC();

  KafkaCommands(KafkaPublishers publishers, Topics topics, TrailRing trail, Spans spans) {
    this.spans = spans;
    this.topics = topics;
    this.trail = trail;
    this.commands = publishers.open("commands");
    this.signals = publishers.open("signals");
  }

  void createTopics(
      @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event,
      KafkaTopics kafka) {
    kafka.ensure(List.of(topics.commands(), topics.signals()));
    commands.prepare(topics.commands().name());
    signals.prepare(topics.signals().name());
  }

  @PreDestroy
  void close() {
    commands.close();
    signals.close();
  }

  @Override
  public Span trace() {
    return spans.first("send", true);
  }

  @Override
  public void publish(Command command, Consumer<Loss> onLoss) {
    publish(command, spans.first("send", false), onLoss);
  }

  @Override
  public void publish(Command command, Span trace, Consumer<Loss> onLoss) {
    note(Step.RECEIVED, command);
    commands.publish(
        record(
            topics.commands(),
            command.conversation(),
            CommandCodec.key(command),
            CommandCodec.value(command),
            CommandCodec.headers(command),
            trace),
        loss -> {
          note(Step.LOST, command);
          onLoss.accept(loss);
        });
    if (trace.isRecording()) {
      trace
          .setAttribute("parley.conversation", command.conversation().toString())
          .setAttribute("parley.message", command.request().toString())
          .setAttribute("parley.session", command.reply().session().toString())
          .end();
    }
  }

  private void note(Step step, Command command) {
    trail.command(step, command.conversation(), command.request(), clock.millis(), 0, 0);
  }

  @Override
  public void publish(Signal signal, Consumer<Loss> onLoss) {
    signals.publish(
        record(
            topics.signals(),
            signal.conversation(),
            SignalCodec.key(signal),
            SignalCodec.value(signal),
            SignalCodec.headers(signal),
            Spans.none()),
        onLoss);
  }

  private ProducerRecord<byte[], byte[]> record(
      Topics.Spec topic,
      UUID conversation,
      byte[] key,
      byte[] value,
      RecordHeaders headers,
      Span trace) {
    int partition = Partitions.of(conversation, topic.partitions());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic.name(), partition, key, value);
    headers
        .with(RecordHeaders.TRACEPARENT, Spans.traceparent(trace))
        .with(RecordHeaders.RECEIVED, clock.millis())
        .bytes()
        .forEach((name, bytes) -> record.headers().add(new RecordHeader(name, bytes)));
    return record;
  }
}
