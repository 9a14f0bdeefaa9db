package dev.parley.chaos.schedule;

import java.time.Duration;
import java.util.Set;

/// One fault of a schedule.
///
/// @param target a process, a link such as `gateway-1->redis`, or the kind of process that is
///   restarted in turn
/// @param after the beginning of its round
/// @param lasts until it is taken back; zero where that is not up to us
/// @param amount milliseconds of a delay, bytes per second of a drip, else 0
public record PlannedFault(
    FaultKind kind, String target, Duration after, Duration lasts, int amount) {

  /// For people.
  public String describe() {
    String time = lasts.isZero() ? "" : " for " + lasts.toMillis() / 1_000.0 + " s";
    return kind.text() + " " + target + time + (amount > 0 ? " (" + amount + ")" : "");
  }

  /// The kinds of process that it touches: the ends of a link, or the process's own kind.
  Set<String> touches() {
    int arrow = target.indexOf("->");
    return arrow < 0
        ? Set.of(Topology.kind(target))
        : Set.of(
            Topology.kind(target.substring(0, arrow)), Topology.kind(target.substring(arrow + 2)));
  }
}
