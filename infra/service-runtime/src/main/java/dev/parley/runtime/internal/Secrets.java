package dev.parley.runtime.internal;

import io.quarkus.runtime.configuration.ConfigUtils;
import java.util.Optional;

/// The rule for configured secrets: production refuses to start with one that is missing, short, or
/// that stands in this repository as an example.
public final class Secrets {
  /// How every secret begins that this repository uses for development, tests and examples.
  public static final String EXAMPLE = "example-";

  private static final int SHORTEST = 16;

  private Secrets() {}

  /// The secret that was configured under `key`.
  ///
  /// @throws IllegalStateException naming the key and what is wrong, never the value
  public static String require(String key, Optional<String> value) {
    return require(key, value, ConfigUtils.isProfileActive("prod"));
  }

  static String require(String key, Optional<String> value, boolean production) {
    String secret =
        value.orElseThrow(
            () -> new IllegalStateException(key + " is missing; give it a random secret"));
    if (production && secret.startsWith(EXAMPLE)) {
      throw new IllegalStateException(key + " is an example secret; give it a random one");
    }
    if (secret.length() < SHORTEST) {
      throw new IllegalStateException(
          "%s has %d characters; a secret has at least %d"
              .formatted(key, secret.length(), SHORTEST));
    }
    return secret;
  }
}
