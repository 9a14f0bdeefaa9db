package dev.parley.presence.shard;

import dev.parley.presence.state.ShownStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What operators see of the running side.
final class ShardMetrics {
  private final MeterRegistry registry;
  private final AtomicInteger owned;
  private final AtomicInteger complete;
  private final Map<ShownStatus, AtomicLong> users = new EnumMap<>(ShownStatus.class);

  ShardMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.owned = gauge("parley.presence.shards.owned");
    this.complete = gauge("parley.presence.shards.complete");
    for (ShownStatus status : ShownStatus.values()) {
      if (status.visible()) {
        AtomicLong counted = new AtomicLong();
        users.put(status, counted);
        Gauge.builder("parley.presence.users", counted, AtomicLong::get)
            .description("users whom others see so, as far as this instance's shards go")
            .tag("status", status.wire())
            .register(registry);
      }
    }
  }

  /// How many users of this instance's shards are seen as `status`, a visible one.
  void users(ShownStatus status, long count) {
    AtomicLong counted = users.get(status);
    if (counted != null) {
      counted.set(count);
    }
  }

  MeterRegistry registry() {
    return registry;
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
