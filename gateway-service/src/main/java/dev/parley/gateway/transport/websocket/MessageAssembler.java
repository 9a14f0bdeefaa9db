package dev.parley.gateway.transport.websocket;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// Puts a client's frames together to messages of at most `limit` bytes, text in UTF-8. Holds no
/// memory between messages. On the loop.
final class MessageAssembler {
  private final int limit;
  private final Utf8Check utf8 = new Utf8Check();
  private @Nullable ByteArrayOutputStream parts;
  private boolean binary;

  MessageAssembler(int limit) {
    this.limit = limit;
  }

  /// Whether the message that began last is binary.
  boolean binary() {
    return binary;
  }

  /// Takes a text, binary or continuation frame; the decoder vouches for their order.
  ///
  /// @return the message if the frame ends one
  /// @throws CorruptedWebSocketFrameException with the status to close with
  byte @Nullable [] add(WebSocketFrame frame) {
    if (!(frame instanceof ContinuationWebSocketFrame)) {
      binary = frame instanceof BinaryWebSocketFrame;
    }
    byte[] part = ByteBufUtil.getBytes(frame.content());
    if (part.length + (parts == null ? 0 : parts.size()) > limit) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.MESSAGE_TOO_BIG, "message over " + limit + " bytes");
    }
    if (!binary && (!utf8.accepts(part) || (frame.isFinalFragment() && !utf8.complete()))) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "text is not UTF-8");
    }
    if (frame.isFinalFragment() && parts == null) {
      return part;
    }
    if (parts == null) {
      parts = new ByteArrayOutputStream();
    }
    parts.writeBytes(part);
    if (!frame.isFinalFragment()) {
      return null;
    }
    byte[] message = parts.toByteArray();
    parts = null;
    return message;
  }
}
