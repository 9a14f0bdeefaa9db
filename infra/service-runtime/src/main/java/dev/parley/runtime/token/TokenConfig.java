package dev.parley.runtime.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How access tokens are verified.
@ConfigMapping(prefix = "parley.jwt")
public interface TokenConfig {
  /// The claim `iss` that tokens must carry. Default `parley`: a name, not an address, so that an
  /// installation can move.
  @WithDefault("parley")
  String issuer();

  /// How far the clocks of two machines may be apart. Default 5 s: machines that keep time at all
  /// are closer; every second more lengthens the life of a token.
  @WithDefault("5S")
  Duration clockSkew();

  /// The shortest time between two reads of the key set, however many unknown keys are named.
  /// Default 5 s: half the time that a new key is published before it signs.
  @WithDefault("5S")
  Duration refetchInterval();

  /// How often the key set is read without a cause, so that a withdrawn key is forgotten. Default 5
  /// minutes, a third of a token's life.
  @WithDefault("5M")
  Duration refreshInterval();
}
