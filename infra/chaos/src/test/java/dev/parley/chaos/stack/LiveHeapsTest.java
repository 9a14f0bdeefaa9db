package dev.parley.chaos.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.chaos.check.Rest;
import dev.parley.stack.supervisor.ProcessReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveHeapsTest {
  private final LiveHeaps heaps = new LiveHeaps();

  @Test
  void whatIsLeftOverIsMoreThanMayBe() throws Exception {
    heaps.begin(List.of(self("gateway-1")));
    Rest.Memory well = heaps.now(List.of(self("gateway-2"))).getFirst();
    assertTrue(well.bytes() < well.allowed(), well::toString);
    int mebibytes = (int) (LiveHeaps.GROWTH >> 20) + 20;
    List<byte[]> leftOver = new ArrayList<>();
    for (int i = 0; i < mebibytes; i++) {
      leftOver.add(new byte[1 << 20]);
    }
    Rest.Memory leaking = heaps.now(List.of(self("gateway-2"))).getFirst();
    assertTrue(leaking.bytes() > leaking.allowed(), leaking::toString);
    assertEquals("gateway-2 (objects in use)", leaking.process());
    assertEquals(mebibytes, leftOver.size());
    leftOver.clear();
    Rest.Memory again = heaps.now(List.of(self("gateway-2"))).getFirst();
    assertTrue(again.bytes() < again.allowed(), again::toString);
  }

  @Test
  void othersHaveNoSuchHeap() throws Exception {
    heaps.begin(List.of(self("postgres"), self("redis")));
    assertEquals(List.of(), heaps.now(List.of(self("postgres"), self("redis"))));
  }

  @Test
  void processThatDoesNotTellIsNamed() {
    IOException failure = assertThrows(IOException.class, () -> LiveHeaps.of(0x7FFF_FFFF));
    assertTrue(failure.getMessage().startsWith("jcmd says of 2147483647: "), failure::toString);
  }

  private static ProcessReport self(String name) {
    return new ProcessReport(name, ProcessHandle.current().pid(), 0, "ready", 0);
  }
}
