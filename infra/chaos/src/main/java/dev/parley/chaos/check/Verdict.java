package dev.parley.chaos.check;

import java.util.List;
import java.util.Map;

/// What the checker found.
///
/// @param counts violations by invariant, every invariant named
/// @param violations the first ones of each invariant, with their stories
/// @param tally what was looked at
public record Verdict(Map<Invariant, Integer> counts, List<Violation> violations, Tally tally) {
  /// Whether every invariant held.
  public boolean good() {
    return counts.values().stream().allMatch(count -> count == 0);
  }

  /// The number of violations.
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
