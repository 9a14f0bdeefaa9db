package dev.parley.chaos.stack;

import java.io.IOException;

/// Sessions of a gateway, as its metrics tell them.
final class SessionCount {
  private static final String NAME = "parley_gateway_sessions";

  private SessionCount() {}

  /// @param metrics a page in Prometheus' format
  /// @throws IOException if it says nothing of sessions
  static long in(String metrics) throws IOException {
    String line =
        metrics
            .lines()
            .filter(each -> each.startsWith(NAME + "{") || each.startsWith(NAME + " "))
            .findFirst()
            .orElseThrow(() -> new IOException("a gateway does not say how many sessions it has"));
    return (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
