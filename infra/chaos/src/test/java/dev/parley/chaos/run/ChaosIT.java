package dev.parley.chaos.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.chaos.check.Violation;
import dev.parley.chaos.report.RunReport.FaultReport;
import dev.parley.chaos.schedule.FaultKind;
import dev.parley.chaos.schedule.ProcessTopology;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A short run of `./parley chaos`: every process of a stack is killed once while people talk, and
/// no promise is broken. What it leaves stays in `target/chaos` if one is.
class ChaosIT {
  private static final ProcessTopology TOPOLOGY = new ProcessTopology(1, 2, false);

  @Test
  void whateverIsKilledNothingAcknowledgedIsLostDoubledOrReordered() throws Exception {
    Options options =
        new Options(
            6455,
            null,
            TOPOLOGY.processes().size(),
            List.of(FaultKind.KILL),
            null,
            new Place.Own(TOPOLOGY.brokers(), TOPOLOGY.gateways(), List.of()),
            60,
            30,
            Path.of("target/chaos"),
            Path.of("target/chaos/results.json"),
            false);
    Outcome outcome = new ChaosRun(options, System.out::println).run();
    assertEquals(List.of(), outcome.verdict().violations().stream().map(Violation::text).toList());
    assertEquals(List.of(), outcome.report().failed());
    assertEquals(
        new TreeSet<>(TOPOLOGY.processes()),
        new TreeSet<>(outcome.report().schedule().stream().map(FaultReport::target).toList()));
    assertTrue(outcome.report().acknowledged() > 1_000, "acknowledged");
  }
}
