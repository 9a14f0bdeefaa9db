package dev.parley.chaos.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoodHistoriesTest {
  @TempDir Path directory;

  @Test
  void noneOf200RunsWithoutADefectRaisesAnAlarm() throws IOException {
    List<Verdict> verdicts =
        LongStream.rangeClosed(1, 200).mapToObj(seed -> judged(seed, 250)).toList();
    assertTrue(sum(verdicts, Tally::acknowledged) > 5_000);
    assertTrue(sum(verdicts, Tally::repeated) > 500);
    assertTrue(sum(verdicts, Tally::ambiguous) > 100);
    assertTrue(sum(verdicts, Tally::ambiguousApplied) > 50);
    assertTrue(sum(verdicts, Tally::behind) > 50);
    assertTrue(sum(verdicts, Tally::readsAfterAcknowledge) > 500);
    assertTrue(sum(verdicts, Tally::excused) > 0);
  }

  private Verdict judged(long seed, int steps) {
    try {
      Verdict verdict = RandomRun.record(seed, steps).judge(directory);
      String violations =
          verdict.violations().stream().map(Violation::text).collect(Collectors.joining("\n"));
      assertEquals(0, verdict.total(), () -> "seed " + seed + "\n" + violations);
      return verdict;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long sum(List<Verdict> verdicts, ToLongFunction<Tally> of) {
    return verdicts.stream().map(Verdict::tally).mapToLong(of).sum();
  }
}
