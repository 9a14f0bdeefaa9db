package dev.parley.chaos.check;

import java.util.List;

/// Holds what was found at the end to AT_REST.
final class Resting {
  private Resting() {}

  static void check(Rest rest, Findings findings) {
    for (Rest.Lag lag : rest.lags()) {
      if (lag.records() != 0) {
        found(findings, "%s is %d behind".formatted(lag.of(), lag.records()));
      }
    }
    for (Rest.Presence presence : rest.presences()) {
      if (!presence.expected().equals(presence.told())) {
        found(
            findings,
            "user %s is %s and is told to be %s"
                .formatted(presence.user(), presence.expected(), presence.told()));
      }
    }
    for (Rest.Memory memory : rest.memories()) {
      if (memory.bytes() > memory.allowed()) {
        found(
            findings,
            "%s holds %,d bytes, more than %,d"
                .formatted(memory.process(), memory.bytes(), memory.allowed()));
      }
    }
    rest.stuck().forEach(stuck -> found(findings, stuck));
  }

  private static void found(Findings findings, String statement) {
    findings.add(new Suspicion(Invariant.AT_REST, statement, null, 0, -1, List.of()));
  }
}
