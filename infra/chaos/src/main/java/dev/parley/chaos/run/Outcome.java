package dev.parley.chaos.run;

import dev.parley.chaos.check.Verdict;
import dev.parley.chaos.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// What came of a run.
///
/// @param verdict of the checker
/// @param directory of the run; gone if nothing was wrong and nobody wanted it kept
public record Outcome(RunReport report, Verdict verdict, Path directory) {
  /// Whether every promise was kept, and tried: a fault that could not be done has proved nothing.
  public boolean good() {
    return verdict.good() && report.failed().isEmpty();
  }

  /// Deletes the run's directory.
  public void discard() throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
