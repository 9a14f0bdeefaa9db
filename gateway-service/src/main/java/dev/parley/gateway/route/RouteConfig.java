package dev.parley.gateway.route;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How routes are kept in Redis.
@ConfigMapping(prefix = "parley.gateway.route")
public interface RouteConfig {
  /// How long an interest stays recorded after its last session has gone. Default 30 s: most who
  /// leave reconnect, and a route that nobody wants costs a wasted record, not a lost one.
  @WithDefault("30s")
  Duration linger();

  /// How often everything is recorded again. Default 20 min: a third of the time that a route lives
  /// in Redis.
  @WithDefault("20m")
  Duration refresh();
}
