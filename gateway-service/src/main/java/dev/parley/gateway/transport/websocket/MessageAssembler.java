package dev.parley.gateway.transport.websocket;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// Puts a client's text frames together to messages of at most `limit` bytes of UTF-8. Holds no
/// memory between messages. On the loop.
final class MessageAssembler {
  private final int limit;
  private final Utf8Check utf8 = new Utf8Check();
  private @Nullable ByteArrayOutputStream parts;

  MessageAssembler(int limit) {
    this.limit = limit;
  }

  /// Takes a text or continuation frame.
  ///
  /// @return the message if the frame ends one
  /// @throws CorruptedWebSocketFrameException with the status to close with
  byte @Nullable [] add(WebSocketFrame frame) {
    byte[] part = ByteBufUtil.getBytes(frame.content());
    if (part.length + (parts == null ? 0 : parts.size()) > limit) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.MESSAGE_TOO_BIG, "message over " + limit + " bytes");
    }
    if (!utf8.accepts(part) || (frame.isFinalFragment() && !utf8.complete())) {
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
