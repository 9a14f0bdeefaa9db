package dev.parley.chaos.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What was found so far: every violation is counted, the first ones of each invariant are kept.
final class Findings {
  private static final int KEPT = 20;

  private final Map<Invariant, Integer> counts = new EnumMap<>(Invariant.class);
  private final List<Suspicion> kept = new ArrayList<>();

  Findings() {
    for (Invariant invariant : Invariant.values()) {
      counts.put(invariant, 0);
    }
  }

  void add(Suspicion suspicion) {
    if (counts.merge(suspicion.invariant(), 1, Integer::sum) <= KEPT) {
      kept.add(suspicion);
    }
  }

  Map<Invariant, Integer> counts() {
    return Collections.unmodifiableMap(new EnumMap<>(counts));
  }

  List<Suspicion> kept() {
    return List.copyOf(kept);
  }
}
