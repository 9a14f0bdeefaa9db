package dev.parley.gateway.slot;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/// What is counted of slots and of the records read from them.
@ApplicationScoped
class SlotMetrics {
  private static final String PARTITION = "partition";

  private final MeterRegistry registry;
  private final Counter own;
  private final Counter broadcast;
  private final Counter wasted;
  private final Counter malformed;
  private final Counter losses;
  private final DistributionSummary batches;
  private final AtomicInteger slot;

  SlotMetrics(MeterRegistry registry) {
    this.registry = registry;
    own = read(registry, "slot");
    broadcast = read(registry, "broadcast");
    wasted = counter(registry, "records.wasted", "records that no session here wanted");
    malformed = counter(registry, "records.malformed", "records that could not be read");
    losses = counter(registry, "slot.losses", "times that the slot was lost");
    batches =
        DistributionSummary.builder("parley.gateway.records.batch")
            .description("records read at once")
            .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
            .register(registry);
    slot = registry.gauge("parley.gateway.slot", new AtomicInteger());
  }

  MeterRegistry registry() {
    return registry;
  }

  void read(boolean fromBroadcast, int records) {
    (fromBroadcast ? broadcast : own).increment(records);
  }

  void batch(int records) {
    batches.record(records);
  }

  void wasted(int records) {
    wasted.increment(records);
  }

  void malformed() {
    malformed.increment();
  }

  void lost() {
    losses.increment();
    slot.set(0);
  }

  void holds(int held) {
    slot.set(held);
  }

  private static Counter read(MeterRegistry registry, String partition) {
    return Counter.builder("parley.gateway.records")
        .description("records read from deliveries")
        .tag(PARTITION, partition)
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("parley.gateway." + name).description(description).register(registry);
  }
}
