package dev.parley.contracts.frame;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a client is told when its session is open.
///
/// @param expires end of the token, epoch milliseconds
/// @param pingSeconds how often the gateway pings
/// @param server version of the gateway
/// @param limits by name, see docs/limits.md
/// @param conversations what the session is subscribed to and each one's head
/// @param truncated whether the user is a member of more
public record Connected(
    UUID session,
    UUID user,
    long expires,
    int pingSeconds,
    String server,
    Map<String, Integer> limits,
    List<Head> conversations,
    boolean truncated) {
  /// A conversation and the number of its last event before live ones follow.
  public record Head(UUID conversation, long seq) {}
}
