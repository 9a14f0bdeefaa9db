package dev.parley.auth.passwords;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What password hashing may cost.
@ConfigMapping(prefix = "parley.auth.hashing")
public interface PasswordConfig {
  /// How many hashes are computed at once; each takes 19 MiB and a core for some 50 ms. Default 2:
  /// more would only take turns on the cores that a small machine has.
  @WithDefault("2")
  int concurrency();

  /// How many requests may wait for their hash. Default 200: the last of them waits about 5 s on
  /// two cores; beyond that a client had better try again.
  @WithDefault("200")
  int waiting();
}
