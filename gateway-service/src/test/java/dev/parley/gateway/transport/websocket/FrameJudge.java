package dev.parley.gateway.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// RFC 6455 and docs/protocol.md for what a server that echoes text gets, written a second time and
/// without a look at how the gateway does it.
final class FrameJudge {
  private static final int LONGEST = 64 * 1024;

  /// One of these completes every character that can be completed.
  private static final List<String> ENDS = List.of("80", "BF", "8080", "BF80", "808080", "BF8080");

  /// Messages that come back.
  final List<String> texts = new ArrayList<>();

  /// Payloads of pings, which come back in pongs.
  final List<String> pings = new ArrayList<>();

  /// Codes of the close frame of which one must come; 1005 is one without a code. Empty: none is
  /// due.
  Set<Integer> close = Set.of();

  /// Whether the last frame is not complete. An error that can be seen already may be told or not.
  boolean incomplete;

  private final ByteBuffer in;
  private ByteArrayOutputStream message;

  private FrameJudge(byte[] stream) {
    this.in = ByteBuffer.wrap(stream);
  }

  static FrameJudge of(byte[] stream) {
    FrameJudge judge = new FrameJudge(stream);
    while (judge.close.isEmpty() && !judge.incomplete && judge.in.hasRemaining()) {
      judge.frame();
    }
    return judge;
  }

  private void frame() {
    if (in.remaining() < 2) {
      incomplete = true;
      return;
    }
    int first = in.get() & 0xFF;
    int second = in.get() & 0xFF;
    int opcode = first & 0x0F;
    boolean control = opcode >= 8;
    boolean fin = (first & 0x80) != 0;
    long length = second & 0x7F;
    boolean wrong =
        (first & 0x70) != 0
            || (opcode > 2 && opcode < 8)
            || opcode > 10
            || (second & 0x80) == 0
            || (control && (!fin || length > 125))
            || (opcode == 0 && message == null)
            || ((opcode == 1 || opcode == 2) && message != null)
            || (opcode == 8 && length == 1);
    int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (in.remaining() < extended) {
      incomplete = true;
      close = wrong ? Set.of(1002) : Set.of();
      return;
    }
    if (extended > 0) {
      length = extended == 2 ? in.getShort() & 0xFFFF : in.getLong();
      wrong |= length < (extended == 2 ? 126 : 65_536);
    }
    boolean large = length > LONGEST;
    if (wrong || large) {
      close = wrong && large ? Set.of(1002, 1009) : Set.of(wrong ? 1002 : 1009);
      return;
    }
    if (in.remaining() < 4 + length) {
      incomplete = true;
      return;
    }
    payload(opcode, fin, unmasked((int) length));
  }

  private byte[] unmasked(int length) {
    byte[] mask = new byte[4];
    byte[] payload = new byte[length];
    in.get(mask).get(payload);
    for (int i = 0; i < length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return payload;
  }

  private void payload(int opcode, boolean fin, byte[] payload) {
    switch (opcode) {
      case 8 -> closed(payload);
      case 9 -> pings.add(HexFormat.of().formatHex(payload));
      case 10 -> {}
      case 2 -> close = Set.of(1003);
      default -> text(fin, payload);
    }
  }

  private void closed(byte[] payload) {
    if (payload.length == 0) {
      close = Set.of(1005);
      return;
    }
    int code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    boolean known =
        (code >= 1000 && code <= 1014 && !Set.of(1004, 1005, 1006).contains(code))
            || (code >= 3000 && code <= 4999);
    byte[] reason = java.util.Arrays.copyOfRange(payload, 2, payload.length);
    if (!known) {
      close = utf8(reason, true) ? Set.of(1002) : Set.of(1002, 1007);
    } else {
      close = Set.of(utf8(reason, true) ? code : 1007);
    }
  }

  private void text(boolean fin, byte[] part) {
    message = message == null ? new ByteArrayOutputStream() : message;
    message.writeBytes(part);
    byte[] all = message.toByteArray();
    boolean large = all.length > LONGEST;
    boolean spoilt = !utf8(all, fin);
    if (large || spoilt) {
      close = large && spoilt ? Set.of(1007, 1009) : Set.of(large ? 1009 : 1007);
    } else if (fin) {
      texts.add(new String(all, UTF_8));
      message = null;
    }
  }

  /// @param whole whether nothing may follow; if something may, it is good if anything could end it
  ///   well, since the gateway is to refuse at the first byte that nothing can mend
  private static boolean utf8(byte[] bytes, boolean whole) {
    return decodes(bytes) || (!whole && ENDS.stream().anyMatch(end -> decodes(joined(bytes, end))));
  }

  private static byte[] joined(byte[] bytes, String end) {
    byte[] more = HexFormat.of().parseHex(end);
    return ByteBuffer.allocate(bytes.length + more.length).put(bytes).put(more).array();
  }

  private static boolean decodes(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
