package dev.parley.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Chooses free ports.
///
/// They lie below the range from which operating systems take the source ports of outgoing
/// connections, because a port is used some time after it was chosen, and a connection must not
/// take it in between. No port is given twice by one process.
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final Set<Integer> GIVEN = new HashSet<>();

  private Ports() {}

  /// A port that nobody listens on now.
  ///
  /// @throws IllegalStateException if 1,000 tries found none
  public static int free() {
    synchronized (GIVEN) {
      for (int tries = 0; tries < 1_000; tries++) {
        int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
        if (isFree(port) && GIVEN.add(port)) {
          return port;
        }
      }
    }
    throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
  }

  /// Whether a server could listen on the port, on every address of this machine.
  public static boolean isFree(int port) {
    return canBind(new InetSocketAddress(port))
        && canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static boolean canBind(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
