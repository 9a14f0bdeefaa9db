package dev.parley.chaos.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The rounds of a run, without an end: a pure function of seed, topology and kinds.
///
/// There are two faults at once at most, and two of one round touch different kinds of process (a
/// link touches both its ends): so one of a pair always stays, nothing is broken twice, and what
/// one fault takes away is not needed to undo the other. Not thread-safe.
public final class Schedule {
  private static final int PAIRED_PERCENT = 80;
  private static final int TRIES = 12;

  private final Topology topology;
  private final Random random;
  private final Deck<FaultKind> kinds;
  private final Map<FaultKind, Deck<String>> targets = new EnumMap<>(FaultKind.class);

  /// @param wanted the kinds to take; those that the topology cannot have are left out
  /// @param only the one process or link to break, or one kind of process, with the kinds of fault
  ///   that can; null for all
  /// @throws IllegalArgumentException if none is left
  public Schedule(long seed, Topology topology, List<FaultKind> wanted, @Nullable String only) {
    this.topology = topology;
    this.random = new Random(seed);
    List<FaultKind> cards = new ArrayList<>();
    for (FaultKind kind : FaultKind.values()) {
      List<String> possible =
          topology.targets(kind).stream()
              .filter(to -> only == null || to.equals(only) || Topology.kind(to).equals(only))
              .toList();
      if (wanted.contains(kind) && !possible.isEmpty()) {
        cards.addAll(Collections.nCopies(kind.cards(), kind));
        targets.put(kind, new Deck<>(possible, random));
      }
    }
    if (cards.isEmpty()) {
      throw new IllegalArgumentException(
          "none of the wanted kinds of fault is possible here"
              + (only == null ? "" : " for " + only + "; there are " + topology.names()));
    }
    this.kinds = new Deck<>(cards, random);
  }

  /// The next round.
  public Round next() {
    PlannedFault first = fault(kinds.deal(), Duration.ZERO);
    List<PlannedFault> faults = new ArrayList<>(List.of(first));
    if (random.nextInt(100) < PAIRED_PERCENT) {
      second(first, faults);
    }
    return new Round(List.copyOf(faults), Duration.ofMillis(1_500 + random.nextInt(2_500)));
  }

  /// The topology it was made for.
  public Topology topology() {
    return topology;
  }

  private void second(PlannedFault first, List<PlannedFault> faults) {
    long within = Math.max(first.lasts().toMillis(), 4_000);
    for (int tries = 0; tries < TRIES; tries++) {
      FaultKind kind = kinds.deal();
      PlannedFault other = fault(kind, Duration.ofMillis(random.nextInt((int) within)));
      if (Collections.disjoint(first.touches(), other.touches())) {
        faults.add(other);
        return;
      }
      kinds.putBack(kind);
      targets(kind).putBack(other.target());
    }
  }

  private PlannedFault fault(FaultKind kind, Duration after) {
    return new PlannedFault(kind, targets(kind).deal(), after, lasts(kind), amount(kind));
  }

  private Deck<String> targets(FaultKind kind) {
    return Objects.requireNonNull(targets.get(kind), kind::text);
  }

  private Duration lasts(FaultKind kind) {
    double luck = random.nextDouble();
    return switch (kind) {
      // Mostly short, so that a run has time for many: 17 s on average.
      case STOP -> Duration.ofMillis((long) (5_000 + 35_000 * luck * luck));
      case CUT, RESET, DELAY, HALF_OPEN -> Duration.ofMillis((long) (5_000 + 20_000 * luck * luck));
      case DRIP, DISK_FULL -> Duration.ofMillis((long) (8_000 + 12_000 * luck));
      case REBALANCE -> Duration.ofMinutes(1);
      case KILL, TERM, FLUSH_REDIS, ROLLING_GATEWAYS, ROLLING_MESSAGES, ROLLING_BROKERS ->
          Duration.ZERO;
    };
  }

  private int amount(FaultKind kind) {
    int luck = random.nextInt(1_000);
    return switch (kind) {
      case DELAY -> 50 + luck * 450 / 1_000;
      case DRIP -> 2_048 + luck * 14;
      case KILL,
          TERM,
          STOP,
          CUT,
          RESET,
          HALF_OPEN,
          FLUSH_REDIS,
          DISK_FULL,
          ROLLING_GATEWAYS,
          ROLLING_MESSAGES,
          ROLLING_BROKERS,
          REBALANCE ->
          0;
    };
  }
}
