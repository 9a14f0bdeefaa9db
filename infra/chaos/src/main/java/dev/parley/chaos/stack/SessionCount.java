package dev.parley.chaos.stack;

/// Sessions of a gateway, as its metrics tell them.
final class SessionCount {
  private static final String NAME = "parley_gateway_sessions";

  private SessionCount() {}

  /// @param metrics a page in Prometheus' format
  static long in(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(NAME + "{") || line.startsWith(NAME + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
