package dev.parley.chaos.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryUseTest {
  @Test
  void unitsAreThoseOfMemory() throws IOException {
    assertEquals(
        Map.of(
            "a1", new MemoryUse(1_572_864, 536_870_912),
            "b2", new MemoryUse(512, 65_536),
            "c3", new MemoryUse(1_073_741_824, 1_610_612_736)),
        MemoryUse.parse("a1 1.5MiB / 512MiB\nb2 512B / 64KiB\nc3 1GiB / 1.5GiB\n"));
  }

  @Test
  void aContainerThatDoesNotRunHasNone() throws IOException {
    assertThrows(IOException.class, () -> MemoryUse.parse("a1 -- / --\n"));
  }
}
