package dev.parley.gateway.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the gateway reads from the message-service.
@ConfigMapping(prefix = "parley.gateway.log")
public interface LogConfig {
  /// How long one read may take before it is given up. Default 5 s: a third of the time after which
  /// clients are told `timeout`.
  @WithDefault("5s")
  Duration timeout();

  /// How long connecting may take. Default 2 s: it is the next room, not the next continent.
  @WithDefault("2s")
  Duration connectTimeout();

  /// Connections to the message-service. Default 32: reads are short; more would only queue there.
  @WithDefault("32")
  int connections();

  /// Reads of one kind that may wait, to be put together or for a connection, before further ones
  /// are refused as `unavailable`. Default 20,000: each of the sessions that a gateway can hold
  /// opens with one of each kind at a time.
  @WithDefault("20000")
  int waiting();
}
