package dev.parley.gateway.transport.websocket;

import dev.parley.gateway.transport.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What waits to be written to one client. Frames are shared with other sessions and stay so until
/// the socket has room; then as many as fit are copied into one buffer and written with one system
/// call, which is what a delivery costs. Netty itself holds at most its own high-water mark and one
/// chunk; the owner bounds the rest. Holds no memory while nothing waits. On the loop.
final class SendQueue {
  /// Most that is gathered into one write; a larger frame is written alone.
  private static final int CHUNK = 32 * 1024;

  private final ChannelHandlerContext ctx;
  private final long lowWater;
  private @Nullable ArrayDeque<Frame> frames;
  private long bytes;
  private long added;
  private long takenBefore;
  private @Nullable ArrayDeque<Runnable> whenDrained;
  private @Nullable Runnable atEnd;
  private boolean flushing;
  private boolean draining;

  SendQueue(ChannelHandlerContext ctx, long lowWater) {
    this.ctx = ctx;
    this.lowWater = lowWater;
  }

  /// Bytes that the socket has not taken yet.
  long queuedBytes() {
    ChannelOutboundBuffer netty = ctx.channel().unsafe().outboundBuffer();
    return bytes + (netty == null ? 0 : netty.totalPendingWriteBytes());
  }

  void add(Frame frame) {
    if (frames == null) {
      frames = new ArrayDeque<>(4);
    }
    frames.add(frame);
    bytes += frame.size();
    added += frame.size();
  }

  /// Whether something waits of which the socket has taken nothing since this was asked last.
  boolean stalled() {
    long waiting = queuedBytes();
    long taken = added - waiting;
    boolean moved = taken != takenBefore;
    takenBefore = taken;
    return waiting > 0 && !moved;
  }

  /// Runs `action` as soon as less than the low-water mark waits.
  void whenDrained(Runnable action) {
    if (whenDrained == null) {
      whenDrained = new ArrayDeque<>(1);
    }
    whenDrained.add(action);
    runDrained();
  }

  /// Accepts nothing more: runs `action` when all that waits has been handed to Netty.
  void end(Runnable action) {
    whenDrained = null;
    atEnd = action;
    flush();
  }

  /// Forgets all that Netty does not hold yet.
  ///
  /// @return how many frames
  int clear() {
    int dropped = frames == null ? 0 : frames.size();
    frames = null;
    bytes = 0;
    return dropped;
  }

  /// Writes until the socket is full or nothing waits, then runs what waited for that.
  void flush() {
    if (flushing) {
      return; // The socket became writable while it was written to: that goes on.
    }
    push();
    if (frames == null && atEnd != null) {
      Runnable action = atEnd;
      atEnd = null;
      action.run();
    }
    runDrained();
  }

  /// Writes until the socket is full or nothing waits. Runs nothing: whoever is about to add a
  /// frame must not be overtaken by the frames of others.
  @SuppressWarnings("FutureReturnValueIgnored") // A failed write reaches the pipeline as exception.
  void push() {
    flushing = true;
    try {
      ctx.flush(); // Pings and pongs are in Netty's buffer already.
      while (frames != null && ctx.channel().isWritable()) {
        ctx.writeAndFlush(nextChunk(frames), ctx.voidPromise());
      }
    } finally {
      flushing = false;
    }
  }

  private ByteBuf nextChunk(ArrayDeque<Frame> waiting) {
    int size = 0;
    int count = 0;
    for (Frame frame : waiting) {
      if (count > 0 && size + frame.size() > CHUNK) {
        break;
      }
      size += frame.size();
      count++;
    }
    ByteBuf chunk = ctx.alloc().directBuffer(size, size);
    for (int i = 0; i < count; i++) {
      waiting.remove().appendTo(chunk);
    }
    bytes -= size;
    if (waiting.isEmpty()) {
      frames = null;
    }
    return chunk;
  }

  private void runDrained() {
    if (draining || whenDrained == null) {
      return; // An action that waits again is run by the loop below, not by recursion.
    }
    draining = true;
    try {
      while (whenDrained != null && queuedBytes() < lowWater) {
        Runnable action = whenDrained.remove();
        if (whenDrained.isEmpty()) {
          whenDrained = null;
        }
        action.run();
      }
    } finally {
      draining = false;
    }
  }
}
