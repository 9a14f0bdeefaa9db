package dev.parley.gateway.transport.websocket;

import dev.parley.contracts.CloseCode;
import dev.parley.gateway.transport.Frame;
import dev.parley.gateway.transport.Inlet;
import dev.parley.gateway.transport.Outlet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One client's WebSocket: handshake, then open, then closing (a close frame is due or sent;
/// nothing is accepted or delivered any more), then gone. The session is told of the end when
/// closing begins, in a turn of the loop of its own. On the loop, but for what [Outlet] allows.
final class ClientConnection implements Outlet {
  /// The name of our handler in the pipeline.
  static final String HANDLER = "parley";

  private static final Logger LOG = Logger.getLogger(ClientConnection.class);

  /// The most that fits into a close frame besides its code (RFC 6455 section 5.5).
  private static final int MAX_REASON = 123;

  private static final String TOO_SLOW = "too slow: resume";

  /// What waits in Netty is memory outside the heap and not shared with other sessions: little, so
  /// that thousands of slow clients at once do not use it up.
  private static final WriteBufferWaterMark HELD_BY_NETTY =
      new WriteBufferWaterMark(8 * 1024, 16 * 1024);

  private static final ByteBuf PING =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer(2).writeShort(0x8900));

  private final Connections connections;
  private final LoopConnections siblings;
  private final ChannelHandlerContext ctx;
  private final FrameHandler reader;
  private final SendQueue queue;
  private @Nullable Inlet inlet;
  private boolean flushing;
  private boolean closing;
  private boolean slow;
  private boolean undecodable;
  private int heard;
  private int pinged;
  private int closeBegan;

  /// Its index among its siblings; theirs to set.
  int place = -1;

  /// Enters the pipeline of `channel`, whose handshake is due, in front of Vert.x.
  ClientConnection(Connections connections, LoopConnections siblings, Channel channel) {
    this.connections = connections;
    this.siblings = siblings;
    this.reader = new FrameHandler(this, connections.maxMessage());
    channel.pipeline().addBefore("handler", HANDLER, reader);
    this.ctx = channel.pipeline().context(reader);
    this.queue = new SendQueue(ctx, connections.lowWater());
    channel.config().setAutoRead(false);
    channel.config().setWriteBufferWaterMark(HELD_BY_NETTY);
  }

  /// The handshake is done: makes the session and begins to read.
  void open(Inlet.Acceptor acceptor, @Nullable String bearerToken, String address) {
    if (!ctx.channel().isActive()) {
      return;
    }
    heard = siblings.now();
    pinged = heard;
    siblings.add(this);
    if (ctx.pipeline().get("idle") != null) {
      ctx.pipeline().remove("idle"); // Its timer is for HTTP; ours is the siblings' beat.
    }
    if (connections.draining()) {
      close(CloseCode.RESTART, "restarting");
    }
    if (closing) {
      return; // Or it broke the protocol right after the handshake.
    }
    try {
      inlet = acceptor.accept(this, bearerToken, address);
      if (closing) {
        siblings.loop().execute(inlet::ended); // Refused by its session at once.
      } else {
        reader.begin(ctx);
      }
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  boolean opened() {
    return place >= 0;
  }

  @Override
  public Executor loop() {
    return siblings.loop();
  }

  @Override
  public void write(Frame frame) {
    if (closing) {
      return;
    }
    if (overflows(frame.size())) {
      queue.push(); // Many frames in one turn are not the client's slowness: try first.
      if (closing) {
        flushLater(); // The socket took them badly; what ends the connection is still to be done.
        return;
      }
      if (overflows(frame.size())) {
        close(CloseCode.TOO_SLOW, TOO_SLOW);
        return;
      }
    }
    queue.add(frame);
    flushLater();
  }

  /// A reply as large as the bound is no overflow as long as little else waits.
  private boolean overflows(int size) {
    long queued = queue.queuedBytes();
    return queued + size > connections.maxQueue() && queued > connections.lowWater();
  }

  @Override
  public long queuedBytes() {
    return queue.queuedBytes();
  }

  @Override
  public void whenDrained(Runnable action) {
    if (!siblings.loop().inEventLoop()) {
      siblings.loop().execute(() -> whenDrained(action));
    } else if (!closing) {
      queue.whenDrained(action);
    }
  }

  @Override
  public void pauseReading() {
    if (siblings.loop().inEventLoop()) {
      reader.pause(ctx);
    } else {
      siblings.loop().execute(() -> reader.pause(ctx));
    }
  }

  @Override
  public void resumeReading() {
    // In a turn of its own: who resumes while it handles a message gets the next one after it.
    siblings.loop().execute(() -> reader.resume(ctx));
  }

  @Override
  public void close(CloseCode code, String reason) {
    if (!siblings.loop().inEventLoop()) {
      siblings.loop().execute(() -> close(code, reason));
    } else if (!closing) {
      connections.closes().byGateway(code);
      if (code == CloseCode.TOO_SLOW) {
        slow = true;
        connections.closes().dropped(queue.clear());
      }
      String fitting = reason.substring(0, Math.min(reason.length(), MAX_REASON));
      beginClosing();
      queue.end(() -> writeClose(new CloseWebSocketFrame(code.code(), fitting)));
      reader.discard(ctx);
    }
  }

  /// The gateway stops: closes with [CloseCode#RESTART] as soon as its session has what it is owed.
  void letGo(String reason) {
    Runnable close = () -> close(CloseCode.RESTART, reason);
    if (inlet == null || closing) {
      close.run();
      return;
    }
    try {
      inlet.restarting(close);
    } catch (RuntimeException | OutOfMemoryError e) {
      failed(e); // Or those after it would not be let go.
    }
  }

  private void beginClosing() {
    closing = true;
    closeBegan = siblings.now();
    Inlet ended = inlet;
    if (ended != null) {
      siblings.loop().execute(ended::ended);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The beat closes the socket if this fails.
  private void writeClose(CloseWebSocketFrame frame) {
    ctx.writeAndFlush(frame)
        .addListener(written -> {
          // No answer can be read any more; the client learns from our end that all was said.
          if (undecodable && ctx.channel() instanceof DuplexChannel channel) {
            channel.shutdownOutput();
          }
        });
  }

  /// Any frame came.
  void heard() {
    heard = siblings.now();
  }

  void received(byte[] message, boolean binary) {
    if (inlet == null) {
      return;
    }
    if (binary) {
      inlet.receivedBinary(message);
    } else {
      inlet.received(message);
    }
  }

  boolean takesBinary() {
    return inlet != null && inlet.takesBinary();
  }

  /// Answers a ping; takes over `payload`.
  @SuppressWarnings("FutureReturnValueIgnored") // A failed write closes the connection.
  void pong(ByteBuf payload) {
    ctx.write(new PongWebSocketFrame(payload));
    flushLater();
    if (queue.queuedBytes() > connections.maxQueue()) {
      close(CloseCode.TOO_SLOW, TOO_SLOW);
    }
  }

  void refuseBinary() {
    close(CloseCode.BINARY_REFUSED, "text frames only");
  }

  /// The client's close frame came: it is answered with its own code, or is the answer to ours.
  @SuppressWarnings("FutureReturnValueIgnored") // The beat closes the socket if this fails.
  void closedByClient(int status) {
    if (closing) {
      ctx.close();
      return;
    }
    connections.closes().byClient();
    beginClosing();
    queue.end(() -> {
      CloseWebSocketFrame answer =
          status < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(status, "");
      ctx.writeAndFlush(answer).addListener(written -> ctx.close());
    });
    reader.discard(ctx);
  }

  /// The client broke RFC 6455; what follows cannot be decoded.
  void violated(int status, String reason) {
    undecodable = true;
    close(
        switch (status) {
          case 1007 -> CloseCode.BAD_UTF8;
          case 1009 -> CloseCode.TOO_LARGE;
          default -> CloseCode.PROTOCOL_ERROR;
        },
        reason);
  }

  /// Something of ours failed.
  @SuppressWarnings("FutureReturnValueIgnored") // The beat closes the socket if this fails.
  void failed(Throwable cause) {
    if (closing) {
      return;
    }
    LOG.error("A session failed and is closed with 1011", cause);
    try {
      close(CloseCode.INTERNAL, "internal error");
    } catch (RuntimeException | OutOfMemoryError e) {
      ctx.close(); // Not even a goodbye can be written; its neighbours must not feel it.
    }
  }

  /// The socket is closed.
  void lost() {
    if (!closing && opened()) {
      connections.closes().lost();
      beginClosing();
    }
    connections.closes().dropped(queue.clear());
    if (opened()) {
      siblings.remove(this);
    }
  }

  /// The channel is gone, whether the handshake was completed or not.
  void gone() {
    connections.release();
  }

  private void flushLater() {
    if (!flushing) {
      flushing = true;
      siblings.flushLater(this);
    }
  }

  void flush() {
    flushing = false;
    queue.flush();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Failed writes and closes end the connection.
  void beat(Beats beats) {
    int now = siblings.now();
    if (closing) {
      if (now - closeBegan >= (slow ? beats.slow() : beats.close())) {
        connections.closes().slow();
        if (queue.queuedBytes() > 0) {
          // The stream is cut anyway: do not leave the kernel megabytes that nobody reads.
          ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        ctx.close();
      }
      return;
    }
    boolean paused = reader.paused();
    if (paused && !queue.stalled()) {
      heard = now; // We do not listen, so its silence says nothing as long as it reads.
    } else if (now - heard >= beats.idle()) {
      if (paused) {
        close(CloseCode.TOO_SLOW, TOO_SLOW);
      } else {
        close(CloseCode.GOING_AWAY, "no frame for too long");
      }
      return;
    }
    if (now - pinged >= beats.ping()) {
      pinged = now;
      if (ctx.channel().isWritable()) {
        ctx.write(PING.duplicate());
        flushLater();
      }
    }
  }
}
