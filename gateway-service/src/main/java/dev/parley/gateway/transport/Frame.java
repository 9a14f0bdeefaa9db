package dev.parley.gateway.transport;

import dev.parley.contracts.json.JsonText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/// One JSON object (or one binary message) as a finished WebSocket frame (RFC 6455 section 5.2,
/// unmasked, final), built once and shared by every session that gets it. Immutable, any thread.
public final class Frame {
  private static final int TEXT_FINAL = 0x81;
  private static final int BINARY_FINAL = 0x82;

  private final ByteBuf framed;
  private final int head;

  private Frame(int first, byte[] payload) {
    int length = payload.length;
    framed = Unpooled.buffer(length + 10);
    framed.writeByte(first);
    if (length < 126) {
      framed.writeByte(length);
    } else if (length < 0x10000) {
      framed.writeByte(126).writeShort(length);
    } else {
      framed.writeByte(127).writeLong(length);
    }
    head = framed.readableBytes();
    framed.writeBytes(payload);
  }

  /// Frames `json`.
  public static Frame of(JsonText json) {
    return new Frame(TEXT_FINAL, json.utf8());
  }

  /// Frames a binary message.
  public static Frame binary(byte[] message) {
    return new Frame(BINARY_FINAL, message);
  }

  /// What it says; a copy.
  public JsonText json() {
    return JsonText.of(ByteBufUtil.getBytes(framed, head, framed.readableBytes() - head));
  }

  /// Appends its bytes on the wire to `target`.
  public void appendTo(ByteBuf target) {
    target.writeBytes(framed, 0, framed.readableBytes());
  }

  /// Its size on the wire.
  public int size() {
    return framed.readableBytes();
  }
}
