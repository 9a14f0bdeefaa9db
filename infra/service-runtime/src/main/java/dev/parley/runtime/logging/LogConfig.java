package dev.parley.runtime.logging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How this process logs, besides `quarkus.log.*`.
@ConfigMapping(prefix = "parley.log")
public interface LogConfig {
  /// Whether a line is a JSON object, for whatever collects them. Default false: lines are for
  /// people; containers set it.
  @WithDefault("false")
  boolean json();
}
