package dev.parley.gateway.transport.websocket;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Takes every frame of one connection between Netty's decoder and Vert.x, which sees none of them.
/// In the pipeline since before the handshake, so that no frame slips by; frames wait here until
/// the session is made, and while reading is paused (what one read of the socket brought, at most
/// 64 KiB). On the loop.
final class FrameHandler extends ChannelInboundHandlerAdapter {
  /// RFC 6455 section 7.4.2 knows none above.
  private static final int LAST_STATUS = 4999;

  private final ClientConnection connection;
  private final MessageAssembler messages;
  private @Nullable ArrayDeque<WebSocketFrame> held;
  private boolean begun;
  private boolean paused;
  private boolean discarding;

  FrameHandler(ClientConnection connection, int maxMessage) {
    this.connection = connection;
    this.messages = new MessageAssembler(maxMessage);
  }

  boolean paused() {
    return paused;
  }

  /// The session is made.
  void begin(ChannelHandlerContext ctx) {
    begun = true;
    if (!paused) {
      resume(ctx);
    }
  }

  void pause(ChannelHandlerContext ctx) {
    if (!discarding) {
      paused = true;
      ctx.channel().config().setAutoRead(false);
    }
  }

  void resume(ChannelHandlerContext ctx) {
    paused = false;
    while (held != null && !waiting()) {
      WebSocketFrame frame = held.remove();
      if (held.isEmpty()) {
        held = null;
      }
      try {
        take(frame);
      } catch (RuntimeException e) {
        exceptionCaught(ctx, e);
      }
    }
    if (!waiting()) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  private boolean waiting() {
    return paused || !begun;
  }

  /// From here on only a close frame counts; the rest is read and thrown away, since a socket that
  /// is closed with unread data resets the connection and may take our close frame with it.
  void discard(ChannelHandlerContext ctx) {
    discarding = true;
    begun = true;
    resume(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof WebSocketFrame frame)) {
      ctx.fireChannelRead(message);
    } else if (waiting() || held != null) {
      hold(frame);
    } else {
      take(frame);
    }
  }

  private void hold(WebSocketFrame frame) {
    if (held == null) {
      held = new ArrayDeque<>();
    }
    held.add(frame);
  }

  private void take(WebSocketFrame frame) {
    try {
      connection.heard();
      if (frame instanceof CloseWebSocketFrame close) {
        closed(close);
      } else if (discarding || frame instanceof PongWebSocketFrame) {
        return;
      } else if (frame instanceof PingWebSocketFrame ping) {
        connection.pong(ping.content().retain());
      } else if (frame instanceof BinaryWebSocketFrame && !connection.takesBinary()) {
        connection.refuseBinary();
      } else {
        byte[] message = messages.add(frame);
        if (message != null) {
          connection.received(message, messages.binary());
        }
      }
    } finally {
      frame.release();
    }
  }

  private void closed(CloseWebSocketFrame close) {
    if (!discarding) {
      check(close);
    }
    connection.closedByClient(close.statusCode());
  }

  /// What Netty's decoder lets pass.
  private static void check(CloseWebSocketFrame close) {
    if (close.statusCode() > LAST_STATUS) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.PROTOCOL_ERROR, "invalid close status");
    }
    byte[] payload = ByteBufUtil.getBytes(close.content());
    Utf8Check utf8 = new Utf8Check();
    if (payload.length > 2
        && !(utf8.accepts(Arrays.copyOfRange(payload, 2, payload.length)) && utf8.complete())) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "reason is not UTF-8");
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      connection.flush();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    connection.lost();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (held != null) {
      held.forEach(WebSocketFrame::release);
      held = null;
    }
    connection.gone();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // Closing cannot fail in a way we could answer.
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException violation) {
      connection.violated(violation.closeStatus().code(), String.valueOf(violation.getMessage()));
    } else if (!connection.opened()) {
      ctx.fireExceptionCaught(cause);
    } else if (cause instanceof IOException) {
      ctx.close();
    } else {
      connection.failed(cause);
    }
  }
}
