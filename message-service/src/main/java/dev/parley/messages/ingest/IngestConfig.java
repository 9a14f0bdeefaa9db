package dev.parley.messages.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How commands are read.
@ConfigMapping(prefix = "parley.messages.ingest")
public interface IngestConfig {
  /// Commands in one transaction at most. The statements are the same for any number; more than
  /// this adds latency for the first without saving much for the rest.
  @WithDefault("1000")
  int batch();

  /// How long the broker holds a fetch without data, and the loop a poll. New data answers at once;
  /// only an idle system feels it, in what it costs; and everybody when a broker dies, since the
  /// question who leads its partitions now waits behind such a fetch.
  @WithDefault("1s")
  Duration idle();

  /// Without a heartbeat for this long an instance's partitions go to another one. The broker takes
  /// nothing below 6 s; a pause for garbage must not look like death. With protocol `consumer` the
  /// broker decides it (`group.consumer.session.timeout.ms`).
  @WithDefault("10s")
  Duration sessionTimeout();

  /// How the instances share the partitions: `consumer` (KIP-848) or `classic`, for clusters that
  /// do not know the former or keep its session timeout at 45 s. See docs/decisions/0006.
  @WithDefault("consumer")
  GroupProtocol protocol();

  /// First wait after a passing failure such as a database that is away; doubles up to
  /// [#backoffMax()].
  @WithDefault("100ms")
  Duration backoff();

  /// Longest wait between two attempts. Short, since everybody waits for it.
  @WithDefault("1s")
  Duration backoffMax();

  /// Hand-overs to Kafka that may be unacknowledged at once before the next batch waits.
  @WithDefault("32")
  int unacknowledged();
}
