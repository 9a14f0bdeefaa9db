package dev.parley.auth.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How signing keys are renewed.
@ConfigMapping(prefix = "parley.auth.keys")
public interface KeyConfig {
  /// How long one key signs. Default 90 days: often enough that rotation is a habit, and rare
  /// enough that nobody notices.
  @WithDefault("90D")
  Duration rotation();

  /// How long a new key is published before it signs. Default 1 minute: every instance and verifier
  /// has read it by then.
  @WithDefault("1M")
  Duration lead();

  /// How often an instance looks for keys that others have made. Default 20 s: three times within
  /// the lead.
  @WithDefault("20S")
  Duration refresh();
}
