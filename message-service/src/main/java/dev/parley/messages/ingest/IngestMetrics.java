package dev.parley.messages.ingest;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.command.Command;
import dev.parley.messages.fanout.Outgoing.Trace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/// What can be seen of the pipeline from outside.
final class IngestMetrics {
  private final MeterRegistry registry;
  private final Counter statements;
  private final Counter redistributed;
  private final Counter fenced;
  private final Counter dead;
  private final Counter retries;
  private final DistributionSummary batch;
  private final Timer age;

  IngestMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.statements = registry.counter("parley.messages.sql.statements");
    this.redistributed = registry.counter("parley.messages.redistributed");
    this.fenced = registry.counter("parley.messages.fenced");
    this.dead = registry.counter("parley.messages.dead.letters");
    this.retries = registry.counter("parley.messages.retries");
    this.batch = registry.summary("parley.messages.batch.size");
    this.age =
        Timer.builder("parley.messages.command.age")
            .description("from the gateway's receipt of a command to its commit")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
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

  void outcome(Command command, Outcome outcome, Trace trace, long now) {
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
    if (trace.received() != null && trace.received().matches("[0-9]{1,15}")) {
      age.record(Math.max(0, now - Long.parseLong(trace.received())), TimeUnit.MILLISECONDS);
    }
  }

  void internal() {
    count("unknown", ErrorCode.INTERNAL.wire());
  }

  private void count(String type, String result) {
    registry.counter("parley.messages.commands", "type", type, "result", result).increment();
  }
}
