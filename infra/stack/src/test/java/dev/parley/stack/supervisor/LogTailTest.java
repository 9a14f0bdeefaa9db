package dev.parley.stack.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir Path directory;

  @Test
  void theLastLinesOfALongLog() throws Exception {
    Path log = directory.resolve("long.log");
    Files.write(log, IntStream.range(0, 100_000).mapToObj(n -> "line " + n).toList());
    assertEquals(List.of("line 99998", "line 99999"), LogTail.read(log, 2));
  }

  @Test
  void noLogIsNoLines() {
    assertEquals(List.of(), LogTail.read(directory.resolve("none.log"), 5));
  }
}
