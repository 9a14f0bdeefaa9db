package dev.parley.runtime.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// What services must know of the Kafka cluster besides the client's own `kafka.*` settings.
@ConfigMapping(prefix = "parley.kafka")
public interface KafkaConfig {
  /// Put before every topic name, so that installations or tests can share a cluster. Default none:
  /// one installation, one cluster.
  Optional<String> topicPrefix();

  /// Copies of each partition of a topic that has to be created. Default 1, which a single broker
  /// can keep; with 3 and more, two of them must have a record before it counts as written.
  @WithDefault("1")
  short replication();

  /// Partitions of `commands` and `signals`: as many instances of the message-service can share the
  /// work. Default 32, enough for one machine; 256 in production. Chosen once, before the first
  /// start, and the same for every service: one that finds another number ends with a sentence.
  @WithDefault("32")
  int commandPartitions();

  /// How often a running service looks whether its topics are still there. Default 30 s: a Kafka
  /// that comes back empty is usable again after that time.
  @WithDefault("30S")
  Duration watch();

  /// How long a start waits for Kafka. Default 2 minutes: longer than a cluster of three takes to
  /// come up on a small machine; after it the process ends, to be started anew by its supervisor.
  @WithDefault("2M")
  Duration patience();
}
