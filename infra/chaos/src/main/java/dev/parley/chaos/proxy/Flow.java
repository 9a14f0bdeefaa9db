package dev.parley.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One direction of a connection. What was read waits here for as long as the link's condition
/// wants; at 256 KiB reading stops, so that the sender feels it as it would in a network. On the
/// connection's event loop alone.
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the channel, which is heard.
final class Flow extends ChannelInboundHandlerAdapter {
  private static final int FULL = 256 * 1024;
  private static final long BEAT_MILLIS = 50;

  private final Channel from;
  private final Channel to;
  private final Passage passage;
  private final Supplier<Condition> condition;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private @Nullable Flow opposite;
  private long bytes;
  private boolean ended;
  private boolean scheduled;

  /// @param due when it may go on at the earliest
  private record Waiting(ByteBuf data, long due) {}

  Flow(Channel from, Channel to, Passage passage, Supplier<Condition> condition) {
    this.from = from;
    this.to = to;
    this.passage = passage;
    this.condition = condition;
  }

  /// The other direction: hears when its sender can take more.
  void opposite(Flow other) {
    opposite = other;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // A channel that leads nowhere has itself as its end.
  public void channelRead(ChannelHandlerContext context, Object message) {
    Condition now = condition.get();
    if (now instanceof Condition.HalfOpen || from == to) {
      ReferenceCountUtil.release(message);
      return;
    }
    long delay = now instanceof Condition.Slow slow ? slow.delay().toNanos() : 0;
    ByteBuf data = (ByteBuf) message;
    bytes += data.readableBytes();
    waiting.add(new Waiting(data, System.nanoTime() + delay));
    if (bytes > FULL) {
      from.config().setAutoRead(false);
    }
    pump();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended = true;
    pump();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable reset) {
    if (!(condition.get() instanceof Condition.HalfOpen)) {
      passage.reset();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    // This channel is where the other direction writes to.
    if (opposite != null) {
      opposite.pump();
    }
  }

  /// Passes on what may go.
  void pump() {
    switch (condition.get()) {
      case Condition.HalfOpen() -> drop();
      case Condition.Drip(int rate) -> drip(Math.max(1, (int) (rate * BEAT_MILLIS / 1_000)));
      case Condition.Whole(), Condition.Cut(), Condition.Resets(var _), Condition.Slow(var _) ->
          passDue();
    }
    if (bytes < FULL / 2 && !from.config().isAutoRead() && from.isActive()) {
      from.config().setAutoRead(true);
    }
    if (ended && waiting.isEmpty() && !(condition.get() instanceof Condition.HalfOpen)) {
      to.writeAndFlush(to.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void passDue() {
    boolean any = false;
    long now = System.nanoTime();
    while (!waiting.isEmpty() && to.isWritable() && waiting.getFirst().due() - now <= 0) {
      ByteBuf data = waiting.removeFirst().data();
      bytes -= data.readableBytes();
      to.write(data);
      any = true;
    }
    if (any) {
      to.flush();
    }
    if (!waiting.isEmpty() && waiting.getFirst().due() - now > 0) {
      later(TimeUnit.NANOSECONDS.toMillis(waiting.getFirst().due() - now) + 1);
    } else if (!to.isActive()) {
      drop();
    }
  }

  private void drip(int budget) {
    if (scheduled) {
      return;
    }
    Waiting first = waiting.peekFirst();
    if (first == null) {
      return;
    }
    int length = Math.min(budget, first.data().readableBytes());
    bytes -= length;
    to.writeAndFlush(first.data().readRetainedSlice(length));
    if (!first.data().isReadable()) {
      waiting.removeFirst().data().release();
    }
    later(BEAT_MILLIS);
  }

  private void later(long millis) {
    if (!scheduled) {
      scheduled = true;
      from.eventLoop()
          .schedule(
              () -> {
                scheduled = false;
                pump();
              },
              millis,
              TimeUnit.MILLISECONDS);
    }
  }

  private void drop() {
    waiting.forEach(each -> each.data().release());
    waiting.clear();
    bytes = 0;
  }
}
