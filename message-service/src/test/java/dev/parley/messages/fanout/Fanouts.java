package dev.parley.messages.fanout;

import dev.parley.contracts.Topics;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.runtime.routing.Lookup;
import dev.parley.runtime.trail.TrailRing;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/// Fan-outs for tests without an application.
public final class Fanouts {
  /// Every key at its default.
  public static final FanoutConfig DEFAULTS = config(Map.of());

  private Fanouts() {}

  /// These keys as given, every other at its default.
  static FanoutConfig config(Map<String, String> keys) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 300, new DurationConverter())
            .withMapping(FanoutConfig.class);
    keys.forEach((key, value) -> builder.withDefaultValue("parley.messages.fanout." + key, value));
    return builder.build().getConfigMapping(FanoutConfig.class);
  }

  /// Sends everything to everyone.
  public static Fanout broadcasting(
      Producer<byte[], byte[]> producer, Topics topics, Failpoints failpoints) {
    return new Fanout(
        routes -> new Lookup.Unknown(),
        new KafkaDeliveries(producer, topics.deliveries().name()),
        new LatelyChanged(),
        failpoints,
        new TrailRing(16));
  }

  /// The producer of the application.
  public static Producer<byte[], byte[]> producer(Map<String, Object> kafka) {
    return KafkaProducers.durable(kafka, DEFAULTS);
  }
}
