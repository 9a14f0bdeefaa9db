package dev.parley.gateway.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/// Where the presence-service is, and how it is told of sessions.
@ConfigMapping(prefix = "parley.presence")
public interface PresenceConfig {
  /// The internal base URL of the presence-service. Default the port it takes by itself on one
  /// machine.
  @WithDefault("http://127.0.0.1:8083")
  URI url();

  /// How long a question may take. Default 2 s: after it everyone is `unknown`, which nobody should
  /// wait for longer.
  @WithDefault("2s")
  Duration timeout();

  /// How often all sessions are told without a cause. Default 5 minutes: the last net for what was
  /// lost.
  @WithDefault("5M")
  Duration snapshotEvery();

  /// How often Redis is asked whether a snapshot is wanted. Default 3 s: a presence-service that
  /// lost everything knows everyone again before people notice.
  @WithDefault("3s")
  Duration snapshotWish();
}
