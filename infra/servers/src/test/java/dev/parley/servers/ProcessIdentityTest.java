package dev.parley.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
  @Test
  void aLivingProcessIsFound() {
    ProcessHandle self = ProcessHandle.current();
    assertEquals(Optional.of(self), ProcessIdentity.of(self).find());
  }

  @Test
  void aNumberThatWasGivenAgainIsAnotherProcess() {
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current());
    ProcessIdentity earlier = new ProcessIdentity(self.pid(), self.startedMillis() - 60_000);
    assertEquals(Optional.empty(), earlier.find());
  }

  @Test
  void aPortSomebodyListensOnIsNotFree() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertFalse(Ports.isFree(socket.getLocalPort()));
    }
    int port = Ports.free();
    assertTrue(Ports.isFree(port));
    assertNotEquals(port, Ports.free());
  }
}
