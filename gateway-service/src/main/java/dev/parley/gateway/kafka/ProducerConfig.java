package dev.parley.gateway.kafka;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How a gateway writes to Kafka.
@ConfigMapping(prefix = "parley.gateway.producer")
public interface ProducerConfig {
  /// How long a record waits for others to share its request. Default 2 ms: on a busy machine
  /// fewer, larger requests arrive sooner; on an idle one nobody notices 2 ms.
  @WithDefault("2ms")
  Duration linger();

  /// Bytes that wait to be handed to the client. Default 8 MiB: more than a second of what a
  /// gateway takes in; beyond it commands are `unavailable` at once.
  @WithDefault("8M")
  MemorySize queue();

  /// Bytes that the client itself holds. Default 16 MiB, so that a gateway of 128 MiB survives an
  /// outage of Kafka.
  @WithDefault("16M")
  MemorySize buffer();

  /// How long a record may wait in the queue before it is given back unwritten. Default 5 s: its
  /// sender waits 15 s for an answer and should rather hear soon to try again.
  @WithDefault("5s")
  Duration patience();

  /// How long the client tries to write. Default 12 s: below the 15 s for which an answer is owed.
  @WithDefault("12s")
  Duration delivery();
}
