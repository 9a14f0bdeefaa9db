package dev.parley.gateway.transport;

import dev.parley.contracts.json.JsonText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// One JSON object as a finished WebSocket text frame (RFC 6455 section 5.2, unmasked, final),
/// built once and shared by every session that gets it. Immutable, any thread.
public final class Frame {
  private static final int TEXT_FINAL = 0x81;

  private final JsonText json;
  private final ByteBuf framed;

  private Frame(JsonText json, ByteBuf framed) {
    this.json = json;
    this.framed = framed;
  }

  /// Frames `json`.
  public static Frame of(JsonText json) {
    int length = json.length();
    ByteBuf buffer = Unpooled.buffer(length + 10);
    buffer.writeByte(TEXT_FINAL);
    if (length < 126) {
      buffer.writeByte(length);
    } else if (length < 0x10000) {
      buffer.writeByte(126).writeShort(length);
    } else {
      buffer.writeByte(127).writeLong(length);
    }
    buffer.writeBytes(json.utf8());
    return new Frame(json, buffer);
  }

  /// What it says.
  public JsonText json() {
    return json;
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
