package dev.parley.chaos.stack;

import java.io.IOException;

/// Sessions of a gateway, as its metrics tell them.
final class SessionCount {
  private static final String METRIC = "# TYPE ";
  private static final String NAME = "parley_gateway_sessions";

  private SessionCount() {}

  /// @param metrics a page in Prometheus' format; a gateway that had no session yet names none
  /// @throws IOException if it is no such page
  static long in(String metrics) throws IOException {
    if (!metrics.contains(METRIC)) {
      throw new IOException("a gateway does not show its metrics");
    }
    return metrics
        .lines()
        .filter(line -> line.startsWith(NAME + "{") || line.startsWith(NAME + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
