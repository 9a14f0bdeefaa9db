package dev.parley.chaos.report;

import java.util.List;
import java.util.Locale;

/// Of several times, in milliseconds.
///
/// @param count how many there are; the others are 0 if there is none
public record Spread(int count, long p50, long p99, long max) {

  /// The spread of these times.
  ///
  /// @param micros in any order
  public static Spread of(List<Long> micros) {
    if (micros.isEmpty()) {
      return new Spread(0, 0, 0, 0);
    }
    List<Long> sorted = micros.stream().sorted().toList();
    return new Spread(
        sorted.size(),
        quantile(sorted, 0.5) / 1_000,
        quantile(sorted, 0.99) / 1_000,
        sorted.getLast() / 1_000);
  }

  /// The smallest one that so large a part of all does not exceed.
  private static long quantile(List<Long> sorted, double part) {
    return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
  }

  /// For the table, in seconds.
  String text() {
    return count == 0
        ? "-"
        : String.format(
            Locale.ROOT, "%.1f / %.1f / %.1f", p50 / 1_000.0, p99 / 1_000.0, max / 1_000.0);
  }
}
