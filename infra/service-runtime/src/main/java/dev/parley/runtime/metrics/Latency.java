package dev.parley.runtime.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How long something took from a moment that another process noted: a histogram with the same few
/// buckets everywhere, so that instances and stages can be added up and compared. The clocks of two
/// machines differ; what seems to have taken less than nothing counts as nothing. Thread-safe.
public final class Latency {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    // Replies are owed for 15 s.
    Duration.ofSeconds(15),
    Duration.ofSeconds(60)
  };

  private final Timer timer;
  private final LongSupplier clock;

  /// @param clock epoch milliseconds
  public Latency(
      MeterRegistry registry, String name, String description, Tags tags, LongSupplier clock) {
    this.timer =
        Timer.builder(name)
            .description(description)
            .tags(tags)
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    this.clock = clock;
  }

  /// It began at `began`, epoch milliseconds, and ends now; 0 is not known and not counted.
  public void since(long began) {
    if (began > 0) {
      timer.record(Math.max(0, clock.getAsLong() - began), TimeUnit.MILLISECONDS);
    }
  }
}
