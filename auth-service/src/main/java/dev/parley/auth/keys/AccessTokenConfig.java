package dev.parley.auth.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What access tokens are like.
@ConfigMapping(prefix = "parley.auth.access-token")
public interface AccessTokenConfig {
  /// How long one is good. Default 15 minutes: a stolen one is soon worthless, and a client
  /// refreshes four times an hour. At most an hour: for so long everyone remembers revocations.
  @WithDefault("15M")
  Duration life();
}
