package dev.parley.chaos.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Topology ONE_BROKER = new ProcessTopology(1, 2, true);
  private static final Topology CLUSTER = new ProcessTopology(3, 3, true);
  private static final Topology CONTAINERS =
      new ContainerTopology(
          "parley-cluster",
          List.of(
              "kafka-1",
              "kafka-2-1",
              "kafka-3-1",
              "redis-1",
              "redis-replica-1",
              "sentinel-1-1",
              "sentinel-2-1",
              "postgres-1",
              "gateway-service-1",
              "gateway-service-2",
              "entry-1"));
  private static final List<FaultKind> ALL = List.of(FaultKind.values());

  @Test
  void sameSeedIsSameSchedule() {
    assertEquals(rounds(7, CLUSTER, ALL, 200), rounds(7, CLUSTER, ALL, 200));
    assertNotEquals(rounds(7, CLUSTER, ALL, 20), rounds(8, CLUSTER, ALL, 20));
  }

  @Test
  void atMostTwoAtOnceAndNeverOnTheSameKindOfProcess() {
    for (long seed = 0; seed < 50; seed++) {
      for (Round round : rounds(seed, CLUSTER, ALL, 100)) {
        List<PlannedFault> faults = round.faults();
        assertTrue(faults.size() == 1 || faults.size() == 2, faults::toString);
        if (faults.size() == 2) {
          assertTrue(
              Collections.disjoint(faults.get(0).touches(), faults.get(1).touches()),
              faults::toString);
        }
      }
    }
  }

  @Test
  void everyFaultKeepsItsBounds() {
    for (PlannedFault fault : faults(rounds(3, CLUSTER, ALL, 2_000))) {
      long millis = fault.lasts().toMillis();
      switch (fault.kind()) {
        case STOP -> assertTrue(millis >= 5_000 && millis <= 40_000, fault::toString);
        case CUT, RESET, HALF_OPEN -> assertTrue(millis >= 5_000 && millis <= 25_000);
        case DELAY -> assertTrue(fault.amount() >= 50 && fault.amount() <= 500, fault::toString);
        case DRIP -> {
          assertTrue(fault.amount() >= 2_048 && fault.amount() < 20_000, fault::toString);
          assertTrue(
              fault.target().matches("gateway-\\d->kafka|message-service-\\d->postgres"),
              fault::toString);
        }
        case REBALANCE -> assertEquals(Duration.ofMinutes(1), fault.lasts());
        case DISK_FULL -> assertEquals("postgres", fault.target());
        case KILL, TERM, FLUSH_REDIS, ROLLING_GATEWAYS, ROLLING_MESSAGES, ROLLING_BROKERS ->
            assertEquals(Duration.ZERO, fault.lasts());
      }
    }
  }

  @Test
  void sixtyFaultsHaveEveryKind() {
    for (long seed = 0; seed < 20; seed++) {
      Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
      faults(rounds(seed, CLUSTER, ALL, 60)).stream()
          .limit(60)
          .forEach(fault -> kinds.add(fault.kind()));
      assertEquals(EnumSet.allOf(FaultKind.class), kinds, "seed " + seed);
    }
  }

  @Test
  void everyProcessAndEveryLinkHasItsTurn() {
    Set<String> killed = new HashSet<>();
    Set<String> cut = new HashSet<>();
    for (PlannedFault fault : faults(rounds(5, CLUSTER, ALL, 1_000))) {
      if (fault.kind() == FaultKind.KILL) {
        killed.add(fault.target());
      } else if (fault.kind() == FaultKind.CUT) {
        cut.add(fault.target());
      }
    }
    assertEquals(new HashSet<>(CLUSTER.processes()), killed);
    assertEquals(new HashSet<>(CLUSTER.targets(FaultKind.CUT)), cut);
  }

  @Test
  void nothingIsHitTwiceBeforeEverythingWasHitOnce() {
    int all = ONE_BROKER.processes().size();
    for (long seed = 0; seed < 200; seed++) {
      List<PlannedFault> faults = faults(rounds(seed, ONE_BROKER, List.of(FaultKind.KILL), all));
      Set<String> first = new HashSet<>();
      faults.subList(0, all).forEach(fault -> first.add(fault.target()));
      assertEquals(new HashSet<>(ONE_BROKER.processes()), first, "seed " + seed);
    }
  }

  @Test
  void aSecondFaultBeginsWhileTheFirstLastsOrSoonAfterItBegan() {
    for (Round round : rounds(11, ONE_BROKER, ALL, 500)) {
      assertEquals(Duration.ZERO, round.faults().getFirst().after());
      if (round.faults().size() == 2) {
        long first = Math.max(4_000, round.faults().getFirst().lasts().toMillis());
        assertTrue(round.faults().get(1).after().toMillis() < first, round::toString);
      }
    }
  }

  @Test
  void whatTheTopologyDoesNotHaveIsLeftOut() {
    Topology small = new ProcessTopology(1, 2, false);
    for (PlannedFault fault : faults(rounds(1, small, ALL, 500))) {
      assertFalse(
          Set.of(FaultKind.ROLLING_BROKERS, FaultKind.DISK_FULL).contains(fault.kind()),
          fault::toString);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new Schedule(1, small, List.of(FaultKind.DISK_FULL), null));
  }

  @Test
  void onlyOneKindIsThatKindAlone() {
    for (PlannedFault fault : faults(rounds(1, ONE_BROKER, List.of(FaultKind.STOP), 100))) {
      assertEquals(FaultKind.STOP, fault.kind());
    }
  }

  @Test
  void onlyOneTargetIsThatTargetAlone() {
    Schedule schedule = new Schedule(1, ONE_BROKER, ALL, "gateway-1");
    for (int n = 0; n < 50; n++) {
      for (PlannedFault fault : schedule.next().faults()) {
        assertEquals("gateway-1", fault.target());
      }
    }
    assertThrows(
        IllegalArgumentException.class, () -> new Schedule(1, ONE_BROKER, ALL, "gateway-9"));
  }

  @Test
  void onlyOneKindOfProcessIsEachOfThatKindAlone() {
    Set<String> broken = new HashSet<>();
    Schedule schedule = new Schedule(1, ONE_BROKER, List.of(FaultKind.KILL), "gateway");
    for (int n = 0; n < 50; n++) {
      schedule.next().faults().forEach(fault -> broken.add(fault.target()));
    }
    assertEquals(Set.of("gateway-1", "gateway-2"), broken);
  }

  @Test
  void everyContainerIsKilledOnceBeforeOneIsTwice() {
    int all = CONTAINERS.processes().size();
    for (long seed = 0; seed < 200; seed++) {
      List<Round> rounds = rounds(seed, CONTAINERS, List.of(FaultKind.KILL), all);
      Set<String> first = new HashSet<>();
      faults(rounds).subList(0, all).forEach(fault -> first.add(fault.target()));
      assertEquals(new HashSet<>(CONTAINERS.processes()), first, "seed " + seed);
    }
  }

  @Test
  void oneContainerOfAKindAlwaysStays() {
    assertEquals(List.of("kafka-1", "kafka-2-1", "kafka-3-1"), CONTAINERS.all("kafka"));
    assertEquals(List.of("redis-1", "redis-replica-1"), CONTAINERS.all("redis"));
    for (Round round : rounds(5, CONTAINERS, List.of(FaultKind.KILL), 500)) {
      assertEquals(
          round.faults().size(),
          round.faults().stream().map(fault -> Topology.kind(fault.target())).distinct().count(),
          round::toString);
    }
  }

  @Test
  void containersCanBeKilledAndNothingElse() {
    for (FaultKind kind : FaultKind.values()) {
      assertEquals(kind == FaultKind.KILL, !CONTAINERS.targets(kind).isEmpty(), kind::text);
    }
    assertThrows(
        IllegalArgumentException.class, () -> new Schedule(1, CONTAINERS, ALL, "kafka-9-1"));
  }

  private static List<Round> rounds(
      long seed, Topology topology, List<FaultKind> kinds, int number) {
    Schedule schedule = new Schedule(seed, topology, kinds, null);
    return IntStream.range(0, number).mapToObj(n -> schedule.next()).toList();
  }

  private static List<PlannedFault> faults(List<Round> rounds) {
    return rounds.stream().flatMap(round -> round.faults().stream()).toList();
  }
}
