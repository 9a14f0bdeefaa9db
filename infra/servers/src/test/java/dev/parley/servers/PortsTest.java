package dev.parley.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void noPortIsGivenTwice() {
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      assertTrue(given.add(Ports.free()));
    }
  }

  @Test
  void otherProcessesSeeThatItsBlockIsTaken() {
    int port = Ports.free();
    int first = port - port % 32;
    assertEquals(0, 20_000 % 32);
    assertFalse(Ports.isFree(first));
  }
}
