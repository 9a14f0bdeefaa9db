package dev.parley.presence.shard;

import dev.parley.presence.state.ShownStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/// What operators see of the running side.
final class ShardMetrics {
  private final MeterRegistry registry;
  private final AtomicInteger owned;
  private final AtomicInteger complete;

  ShardMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.owned = gauge("parley.presence.shards.owned");
    this.complete = gauge("parley.presence.shards.complete");
  }

  /// How many shards this instance has, and of how many it knows everything.
  void shards(long owned, long complete) {
    this.owned.set(Math.toIntExact(owned));
    this.complete.set(Math.toIntExact(complete));
  }

  void records(int count) {
    registry.counter("parley.presence.records").increment(count);
  }

  void malformed() {
    registry.counter("parley.presence.records.malformed").increment();
  }

  void told(ShownStatus status) {
    registry.counter("parley.presence.told", "status", status.wire()).increment();
  }

  void gone() {
    registry.counter("parley.presence.gateways.gone").increment();
  }

  void gathering() {
    registry.counter("parley.presence.gatherings").increment();
  }

  private AtomicInteger gauge(String name) {
    AtomicInteger value = new AtomicInteger();
    registry.gauge(name, value);
    return value;
  }
}
