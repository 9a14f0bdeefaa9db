package dev.parley.gateway.transport.websocket;

import dev.parley.gateway.transport.TransportConfig;
import java.time.Duration;

/// The time limits of connections in beats of an event loop, at most a second each: coarse, so that
/// no connection needs a clock or a timer of its own.
record Beats(Duration length, int ping, int idle, int close, int slow) {
  static Beats of(TransportConfig config) {
    Duration longest = Duration.ofSeconds(1);
    Duration quarter = config.pingInterval().dividedBy(4);
    Duration length = quarter.compareTo(longest) < 0 ? quarter : longest;
    return new Beats(
        length,
        count(config.pingInterval(), length),
        count(config.idleTimeout(), length),
        count(config.closeTimeout(), length),
        count(config.slowTimeout(), length));
  }

  private static int count(Duration time, Duration length) {
    return Math.max(1, Math.toIntExact(time.dividedBy(length)));
  }
}
