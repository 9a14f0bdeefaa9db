package dev.parley.gateway.protocol;

import dev.parley.contracts.content.Content;
import dev.parley.contracts.frame.Limits;
import dev.parley.gateway.limit.LimitConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/// What `connected` says of the gateway itself.
///
/// @param pingSeconds how often the transport pings
/// @param server version of the gateway
/// @param limits by name, see docs/limits.md
record Greeting(int pingSeconds, String server, Map<String, Integer> limits) {
  /// @param maxMessage bytes of one message from a client
  static Greeting of(int pingSeconds, String server, int maxMessage, LimitConfig config) {
    Map<String, Integer> limits = new LinkedHashMap<>();
    limits.put("message", maxMessage);
    limits.put("content", Content.MAX_BYTES);
    limits.put("mentions", Content.MAX_MENTIONS);
    limits.put("signal", Limits.SIGNAL_DATA);
    limits.put("history", Limits.HISTORY);
    limits.put("resume", Limits.RESUMED);
    limits.put("subscriptions", Limits.SUBSCRIPTIONS);
    limits.put("watched", config.watched());
    limits.put("sessions", config.sessionsPerUser());
    limits.put("commandsPerSecond", config.commandsPerSecond());
    limits.put("commandBurst", config.commandBurst());
    return new Greeting(pingSeconds, server, limits);
  }
}
