package dev.parley.gateway.transport.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A WebSocket client that does nothing by itself and can say everything, also what RFC 6455
/// forbids. Blocking, with a time limit of a minute on each read.
final class RawClient implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  static final int FIN = 0x80;

  private static final int PATIENCE = 60_000;

  /// A frame from the server.
  ///
  /// @param head first byte: FIN, reserved bits, opcode
  record Received(int head, ByteBuffer payload) {
    int opcode() {
      return head & 0x0F;
    }

    String text() {
      return UTF_8.decode(payload.duplicate()).toString();
    }

    int closeCode() {
      return payload.remaining() < 2 ? 1005 : payload.getShort(payload.position()) & 0xFFFF;
    }

    String closeReason() {
      return UTF_8.decode(payload.duplicate().position(payload.position() + 2)).toString();
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  /// The server's answer to the handshake.
  final int status;

  final Map<String, String> headers = new HashMap<>();

  private RawClient(URI server, int receiveBuffer, String request, int patience)
      throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new java.net.InetSocketAddress(server.getHost(), server.getPort()));
    socket.setSoTimeout(patience);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
    try {
      out.write(request.getBytes(ISO_8859_1));
      status = Integer.parseInt(line(in).substring("HTTP/1.1 ".length()).substring(0, 3));
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
      }
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  static RawClient open(URI server, String... headers) throws IOException {
    return new RawClient(server, 0, handshake(server, headers), PATIENCE);
  }

  /// Takes little from the network before it is read from.
  static RawClient openSmall(URI server, int receiveBuffer) throws IOException {
    return new RawClient(server, receiveBuffer, handshake(server), PATIENCE);
  }

  /// Sends `request` as it is.
  static RawClient request(URI server, String request) throws IOException {
    return new RawClient(server, 0, request, PATIENCE);
  }

  /// Sends `request` as it is, and waits at most `patience` milliseconds for an answer.
  static RawClient request(URI server, String request, int patience) throws IOException {
    return new RawClient(server, 0, request, patience);
  }

  static String handshake(URI server, String... headers) {
    return "GET /ws HTTP/1.1\r\nHost: "
        + server.getAuthority()
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + String.join("", java.util.Arrays.stream(headers).map(h -> h + "\r\n").toList())
        + "\r\n";
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("closed within an HTTP answer: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  String body() throws IOException {
    byte[] body = new byte[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
    in.readFully(body);
    return new String(body, UTF_8);
  }

  void text(String text) throws IOException {
    frame(FIN | TEXT, text.getBytes(UTF_8));
  }

  void close(int code) throws IOException {
    frame(FIN | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
  }

  void frame(int head, byte... payload) throws IOException {
    send(encode(head, payload));
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /// A masked frame.
  static byte[] encode(int head, byte... payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) head);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 0x10000) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    byte[] mask = {0x12, 0x34, 0x56, 0x78};
    frame.put(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ mask[i & 3]));
    }
    byte[] bytes = new byte[frame.flip().remaining()];
    frame.get(bytes);
    return bytes;
  }

  /// The next frame that is no ping: those come when they are due, and on a slow machine that may
  /// be at any time.
  Received next() throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
    while (System.nanoTime() < end) {
      Received frame = any();
      if (frame.head() != (FIN | PING)) {
        return frame;
      }
    }
    throw new SocketTimeoutException("nothing but pings");
  }

  /// The next frame, whatever it is.
  Received any() throws IOException {
    int head = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if ((length & 0x80) != 0) {
      throw new IOException("a server's frame is masked");
    }
    byte[] payload =
        new byte
            [length < 126
                ? length
                : length == 126 ? in.readUnsignedShort() : Math.toIntExact(in.readLong())];
    in.readFully(payload);
    return new Received(head, ByteBuffer.wrap(payload));
  }

  /// Reads until the next close frame.
  Received untilClose() throws IOException {
    while (true) {
      Received frame = next();
      if (frame.opcode() == CLOSE) {
        return frame;
      }
    }
  }

  /// Whether the server closed the connection; waits for it.
  boolean ended() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /// Says that nothing follows, and still reads.
  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// Ends with a reset, as a process that crashes with unread data does.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
