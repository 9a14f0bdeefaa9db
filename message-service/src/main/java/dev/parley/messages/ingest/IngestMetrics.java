package dev.parley.messages.ingest;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.command.Command;
import dev.parley.messages.fanout.Outgoing.Trace;
import dev.parley.runtime.metrics.Latency;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicInteger;

/// What can be seen of the pipeline from outside.
final class IngestMetrics {
  private final MeterRegistry registry;
  private final Counter statements;
  private final Counter redistributed;
  private final Counter fenced;
  private final Counter dead;
  private final Counter retries;
  private final DistributionSummary batch;
  private final Latency latency;
  private final AtomicInteger assigned = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();

  IngestMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.statements = registry.counter("parley.messages.sql.statements");
    this.redistributed = registry.counter("parley.messages.redistributed");
    this.fenced = registry.counter("parley.messages.fenced");
    this.dead = registry.counter("parley.messages.dead.letters");
    this.retries = registry.counter("parley.messages.retries");
    this.batch =
        DistributionSummary.builder("parley.messages.batch.size")
            .description("commands committed together")
            .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
            .register(registry);
    this.latency =
        new Latency(
            registry,
            "parley.messages.commit.latency",
            "from a gateway's receipt of a command to its commit",
            Tags.empty(),
            System::currentTimeMillis);
    registry.gauge("parley.messages.partitions.assigned", assigned);
    registry.gauge("parley.messages.partitions.held", held);
  }

  void statement() {
    statements.increment();
  }

  void redistributed(int events) {
    redistributed.increment(events);
  }

  void fenced(int partitions) {
    fenced.increment(partitions);
  }

  void dead() {
    dead.increment();
  }

  void disagreement(Disagreement what) {
    String kind =
        switch (what) {
          case Disagreement.Expired e -> "expired";
          case Disagreement.Rewritten r -> "rewritten";
          case Disagreement.Older o -> "older";
          case Disagreement.Remade r -> "remade";
        };
    registry.counter("parley.messages.disagreements", "kind", kind).increment();
  }

  void retry() {
    retries.increment();
  }

  void committed(int commands) {
    batch.record(commands);
  }

  /// Partitions that Kafka gives this instance, and those among them that it works on.
  void partitions(int assigned, int held) {
    this.assigned.set(assigned);
    this.held.set(held);
  }

  /// What became of a command that is committed by now.
  void outcome(Command command, Outcome outcome, Trace trace) {
    String type =
        switch (command) {
          case Command.Send s -> "send";
        };
    String result =
        switch (outcome) {
          case Outcome.Logged l -> "logged";
          case Outcome.Repeated r -> "repeated";
          case Outcome.Refused r -> r.code().wire();
        };
    count(type, result);
    latency.since(trace.receivedMillis());
  }

  void internal() {
    count("unknown", ErrorCode.INTERNAL.wire());
  }

  private void count(String type, String result) {
    registry.counter("parley.messages.commands", "type", type, "result", result).increment();
  }
}
