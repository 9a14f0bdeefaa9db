package dev.parley.chaos.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.chaos.check.Checker;
import dev.parley.chaos.check.Evidence;
import dev.parley.chaos.check.Rest;
import dev.parley.chaos.check.Verdict;
import dev.parley.chaos.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  @Test
  void aRunWhoseFaultsCouldNotBeDoneIsNotGood() throws IOException {
    assertEquals(true, outcome(List.of(), List.of()).good());
    assertEquals(false, outcome(List.of("stop redis: no such process"), List.of()).good());
    assertEquals(false, outcome(List.of(), List.of("redis is not ready")).good());
  }

  private static Outcome outcome(List<String> failed, List<String> stuck) throws IOException {
    Rest rest = new Rest(List.of(), List.of(), List.of(), stuck);
    Verdict verdict = Checker.check(new Evidence(List.of(), List.of(), List.of(), rest, ""));
    RunReport report =
        new RunReport(
            1,
            "2026-01-01T00:00:00Z",
            1,
            "nothing",
            1,
            2,
            4,
            Map.of(),
            List.of(),
            failed,
            0,
            Map.of(),
            Map.of(),
            Map.of(),
            verdict.tally(),
            List.of(),
            "",
            null);
    return new Outcome(report, verdict, Path.of("none"));
  }
}
