package dev.parley.gateway.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Makes what a client could send after its handshake: frames that are right, nearly right, wrong
/// in one of the ways of RFC 6455, cut short, or no frames at all.
final class FrameMutator {
  private static final List<Integer> CODES =
      List.of(
          1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1011, 1012, 1014, 1015, 1016, 2999, 3000,
          4000, 4408, 4999, 5000, 0, 999, 65_535);

  private static final List<String> TEXTS =
      List.of(
          "", "x", "{}", "κόσμε", "👍🏽", "\u0000", "\uFFFD", "ü".repeat(70), "z".repeat(70_000));

  private static final List<String> BAD =
      List.of("80", "C0AF", "EDA080", "F4908080", "E28228", "CEBAE1BDB9CF", "FE", "F0908D");

  private final Fuzz fuzz;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  FrameMutator(Fuzz fuzz) {
    this.fuzz = fuzz;
  }

  byte[] stream() {
    for (int i = 1 + fuzz.below(6); i > 0; i--) {
      switch (fuzz.below(24)) {
        case 0 -> frame(RawClient.FIN | RawClient.BINARY, fuzz.bytes(fuzz.below(9)));
        case 1 -> close();
        case 2 -> frame(fuzz.below(256), fuzz.bytes(fuzz.below(140)));
        case 3 ->
            frame(RawClient.FIN | RawClient.TEXT, java.util.HexFormat.of().parseHex(fuzz.of(BAD)));
        case 4 -> out.writeBytes(fuzz.bytes(1 + fuzz.below(20)));
        case 5 -> header();
        case 6 -> frame(RawClient.FIN, fuzz.bytes(2));
        case 7 -> fragments(java.util.HexFormat.of().parseHex("6162" + fuzz.of(BAD)));
        case 8 -> frame(RawClient.TEXT, "left open".getBytes(UTF_8));
        case 9, 10, 11 -> frame(RawClient.FIN | RawClient.PING, fuzz.bytes(fuzz.below(126)));
        case 12 -> frame(RawClient.FIN | RawClient.PONG, fuzz.bytes(fuzz.below(126)));
        case 13, 14, 15, 16 -> fragments(text());
        default -> frame(RawClient.FIN | RawClient.TEXT, text());
      }
    }
    byte[] stream = out.toByteArray();
    if (fuzz.once(10)) {
      stream[fuzz.below(stream.length)] ^= (byte) (1 << fuzz.below(8));
    }
    return fuzz.once(10) ? Arrays.copyOf(stream, 1 + fuzz.below(stream.length)) : stream;
  }

  private byte[] text() {
    String text = fuzz.of(TEXTS);
    return (text.length() > 1_000 && !fuzz.once(8) ? "short" : text).getBytes(UTF_8);
  }

  private void frame(int head, byte[] payload) {
    out.writeBytes(RawClient.encode(head, payload));
  }

  private void fragments(byte[] text) {
    int head = RawClient.TEXT;
    int at = 0;
    for (int i = fuzz.below(5); i > 0; i--) {
      int to = at + fuzz.below(text.length - at + 1);
      frame(head, Arrays.copyOfRange(text, at, to));
      if (fuzz.once(6)) {
        frame(RawClient.FIN | RawClient.PING, fuzz.bytes(3));
      }
      head = RawClient.CONTINUATION;
      at = to;
    }
    frame(RawClient.FIN | head, Arrays.copyOfRange(text, at, text.length));
  }

  private void close() {
    ByteBuffer payload = ByteBuffer.allocate(20).putShort(fuzz.of(CODES).shortValue());
    payload.put(fuzz.once(4) ? fuzz.bytes(3) : "bye".getBytes(UTF_8));
    int length = fuzz.once(6) ? fuzz.below(2) : payload.position();
    frame(RawClient.FIN | RawClient.CLOSE, Arrays.copyOf(payload.array(), length));
  }

  /// A header alone: unmasked, of a length that is too long, not the shortest, or negative.
  private void header() {
    int head = RawClient.FIN | fuzz.of(List.of(RawClient.TEXT, RawClient.PING, RawClient.CLOSE));
    ByteBuffer header = ByteBuffer.allocate(14).put((byte) head);
    switch (fuzz.below(5)) {
      case 0 -> header.put((byte) 3);
      case 1 -> header.put((byte) (0x80 | 126)).putShort((short) fuzz.below(126));
      case 2 -> header.put((byte) (0x80 | 127)).putLong(fuzz.below(65_536));
      case 3 -> header.put((byte) (0x80 | 127)).putLong(fuzz.of(List.of(65_537L, 1L << 40, -1L)));
      default -> header.put((byte) (0x80 | 126)).putShort((short) (126 + fuzz.below(60_000)));
    }
    out.write(header.array(), 0, header.position());
  }
}
