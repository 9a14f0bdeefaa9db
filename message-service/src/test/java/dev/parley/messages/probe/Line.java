package dev.parley.messages.probe;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A link to a server on this machine that can be made to swallow everything, as one does whose
/// other end has vanished without a word.
public final class Line implements AutoCloseable {
  private final ServerSocket door;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile int target;
  private volatile boolean swallowing;

  /// @param target the server's port
  public Line(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  /// From now on it leads to this port.
  public void lead(int port) {
    target = port;
  }

  /// Nothing passes any more, nobody hears of it, and whoever connects is let in.
  public void swallow() {
    swallowing = true;
    calls.forEach(call -> call.dead = true);
  }

  /// New connections pass; those that were swallowed stay as they are.
  public void restore() {
    swallowing = false;
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Call call : calls) {
      call.end();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Call call = new Call(client, swallowing);
        calls.add(call);
        Thread.ofVirtual().start(call);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private final class Call implements Runnable {
    private final Socket client;
    private volatile Socket server;
    private volatile boolean dead;

    Call(Socket client, boolean dead) {
      this.client = client;
      this.dead = dead;
    }

    @Override
    public void run() {
      if (dead) {
        return;
      }
      try {
        server = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> pass(client, server));
        pass(server, client);
      } catch (IOException refused) {
        end();
      }
    }

    private void pass(Socket from, Socket to) {
      byte[] bytes = new byte[16_384];
      try {
        for (int read = from.getInputStream().read(bytes);
            read >= 0;
            read = from.getInputStream().read(bytes)) {
          if (!dead) {
            to.getOutputStream().write(bytes, 0, read);
          }
        }
      } catch (IOException ended) {
        // As if it had been read.
      }
      if (!dead) {
        end();
      }
    }

    private void end() {
      calls.remove(this);
      close(client);
      close(server);
    }

    private static void close(Closeable socket) {
      try {
        if (socket != null) {
          socket.close();
        }
      } catch (IOException e) {
        // It is closed, then.
      }
    }
  }
}
