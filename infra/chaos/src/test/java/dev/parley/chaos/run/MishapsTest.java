package dev.parley.chaos.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.chaos.fault.InjectedFault;
import dev.parley.chaos.fault.NotBackException;
import dev.parley.chaos.schedule.FaultKind;
import dev.parley.chaos.schedule.PlannedFault;
import dev.parley.chaos.schedule.ProcessTopology;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MishapsTest {
  private final List<String> said = new ArrayList<>();
  private final Mishaps mishaps = new Mishaps(new ProcessTopology(3, 2, false), said::add);

  @Test
  void aFaultThatCouldNotBeDoneSaysNothingOfParley() {
    mishaps.notDone(fault(FaultKind.STOP, "redis", 5), new IOException("no such process"));
    assertEquals(1, mishaps.failed().size());
    assertTrue(said.getFirst().contains("stop redis for 5.0 s"), said::toString);
    assertEquals(List.of(), mishaps.stuck());
  }

  @Test
  void aProcessThatDidNotComeBackIsStuckToo() {
    mishaps.notDone(
        fault(FaultKind.KILL, "gateway-1", 0),
        new NotBackException("gateway-1 did not come back", null));
    assertEquals(1, mishaps.failed().size());
    assertEquals(1, mishaps.stuck().size());
    assertTrue(mishaps.stuck().getFirst().contains("gateway-1 did not come back"));
  }

  @Test
  void whatTakesLongerThanPlannedAndTwoMinutesIsStuck() {
    took(FaultKind.STOP, "redis", 30, 149);
    took(FaultKind.KILL, "redis", 0, 119);
    took(FaultKind.TERM, "redis", 0, 119);
    assertEquals(List.of(), mishaps.stuck());
    took(FaultKind.STOP, "redis", 30, 151);
    took(FaultKind.KILL, "redis", 0, 121);
    took(FaultKind.TERM, "redis", 0, 121);
    assertEquals(3, mishaps.stuck().size());
    assertEquals(List.of(), mishaps.failed());
  }

  @Test
  void aRollingRestartHasTwoMinutesForEachProcess() {
    took(FaultKind.ROLLING_GATEWAYS, "gateway", 0, 239);
    took(FaultKind.ROLLING_BROKERS, "kafka", 0, 359);
    assertEquals(List.of(), mishaps.stuck());
    took(FaultKind.ROLLING_GATEWAYS, "gateway", 0, 241);
    took(FaultKind.ROLLING_BROKERS, "kafka", 0, 361);
    assertEquals(2, mishaps.stuck().size());
  }

  @Test
  void whatBreaksNoProcessMayTakeItsTime() {
    took(FaultKind.DRIP, "gateway-1->kafka", 10, 1_000);
    assertEquals(List.of(), mishaps.stuck());
  }

  private void took(FaultKind kind, String target, int lasts, long seconds) {
    long from = 5_000_000;
    mishaps.done(
        fault(kind, target, lasts),
        new InjectedFault(kind, target, from, from + seconds * 1_000_000));
  }

  private static PlannedFault fault(FaultKind kind, String target, int lasts) {
    return new PlannedFault(kind, target, Duration.ZERO, Duration.ofSeconds(lasts), 0);
  }
}
