package dev.parley.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Chooses free ports.
///
/// They lie below the range from which operating systems take the source ports of outgoing
/// connections, because a port is used some time after it was chosen, and a connection must not
/// take it in between. For the same reason each process takes whole blocks of ports, whose first
/// port it holds for as long as it lives: two stacks that start at once choose different ones.
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int BLOCK = 32;
  private static final int TRIES = 1_000;

  /// Bound and never listening.
  private static final List<Socket> HELD = new ArrayList<>();

  private static int next;
  private static int end;

  private Ports() {}

  /// A port that nobody listens on now. No port is given twice by one process.
  ///
  /// @throws IllegalStateException if 1,000 tries found none
  public static synchronized int free() {
    for (int tries = 0; tries < TRIES; tries++) {
      if (next == end) {
        takeBlock();
      }
      int port = next++;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
  }

  private static void takeBlock() {
    for (int tries = 0; tries < TRIES; tries++) {
      int first = FIRST + BLOCK * ThreadLocalRandom.current().nextInt((LAST - FIRST) / BLOCK);
      Socket holder = new Socket();
      try {
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), first));
        HELD.add(holder);
        next = first + 1;
        end = first + BLOCK;
        return;
      } catch (IOException taken) {
        close(holder);
      }
    }
    throw new IllegalStateException("no free block of ports between " + FIRST + " and " + LAST);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
