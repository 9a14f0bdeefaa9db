package dev.parley.chaos.client;

import java.time.Duration;

/// How much is said.
///
/// @param between two messages of one device on average
public record Pace(Duration between) {
  /// So that `devices` together want to send so many messages a second.
  public static Pace of(int devices, double messagesPerSecond) {
    return new Pace(Duration.ofMillis(Math.round(1_000 * devices / messagesPerSecond)));
  }
}
