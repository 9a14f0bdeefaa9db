package dev.parley.chaos.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  @TempDir Path directory;

  @Test
  void everyRunIsAppended() throws IOException {
    Path file = directory.resolve("deep/results.json");
    new Results(file).append(run(1));
    new Results(file).append(run(2));
    JsonNode all = new JsonMapper().readTree(file.toFile());
    assertEquals(2, all.size());
    assertEquals(1, all.get(0).path("seed").asInt());
    assertEquals(3, all.get(1).path("violations").path("NO_LOSS").asInt());
    assertEquals(2, all.get(1).path("memories").path("gateway-1").path("bytes").asInt());
  }

  @Test
  void anotherFileIsLeftAlone() throws IOException {
    Path file = Files.writeString(directory.resolve("other.json"), "{}");
    assertThrows(IOException.class, () -> new Results(file).append(run(1)));
    assertEquals("{}", Files.readString(file));
  }

  @Test
  void theTableNamesSeedFaultsTimesAndViolations() {
    String table = Table.of(run(7));
    assertTrue(table.contains("seed 7: 4 faults in 2.0 minutes"), table);
    assertTrue(table.contains("seven containers"), table);
    assertTrue(table.contains("1.5 / 2.0 / 3.0"), table);
    assertTrue(table.matches("(?s).*NO_LOSS +3.*"), table);
    assertTrue(table.contains("Skipped: disk-full"), table);
  }

  private static RunReport run(long seed) {
    Spread spread = new Spread(4, 1_500, 2_000, 3_000);
    return new RunReport(
        seed,
        "2026-01-01T00:00:00Z",
        120,
        "seven containers",
        1,
        2,
        240,
        Map.of("kill", 4),
        List.of("disk-full: no"),
        List.of(),
        1_000,
        Map.of("NO_LOSS", 3),
        Map.of("kill", new RunReport.KindReport(spread, spread, spread, spread, spread, 0)),
        Map.of("gateway-1", new RunReport.MemoryReport(2, 3)),
        "tally",
        List.of(),
        "./parley chaos --seed " + seed,
        null);
  }
}
