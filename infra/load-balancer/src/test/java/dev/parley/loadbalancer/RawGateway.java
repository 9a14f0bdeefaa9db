package dev.parley.loadbalancer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that behaves at its sockets as no library would: what it does with each connection is
/// the test's.
final class RawGateway implements AutoCloseable {
  /// Answers a handshake with 101, whatever the key.
  static final String SWITCHING =
      """
      HTTP/1.1 101 Switching Protocols\r
      Connection: Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
      \r
      """;

  private final ServerSocket server;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  /// What happens on a connection, on a thread of its own.
  interface Behaviour {
    void on(Socket connection) throws IOException;
  }

  RawGateway(Behaviour behaviour) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(behaviour));
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  List<Socket> connections() {
    return connections;
  }

  /// Reads up to the empty line that ends a request's head.
  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  static void write(Socket connection, String text) {
    try {
      connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(Behaviour behaviour) {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        connections.add(connection);
        Thread.ofVirtual()
            .start(() -> {
              try {
                behaviour.on(connection);
              } catch (IOException ended) {
                // The test sees what came of it at the other side.
              }
            });
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
