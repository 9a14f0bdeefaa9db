package dev.parley.chaos.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A port on loopback that passes everything on to another one, in the [Condition] that it is put
/// into. Thread-safe; only [#put] and [#close] block, for milliseconds.
public final class ProxiedLink implements AutoCloseable {
  private static final long SELECTED_MILLIS = 20;

  private final String name;
  private final int port;
  private final InetSocketAddress target;
  private final EventLoopGroup loops;
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
  private volatile Condition condition = Condition.WHOLE;
  private @Nullable Channel listening;
  private @Nullable ScheduledFuture<?> resets;

  /// Listens from now on.
  ///
  /// @param name for example `gateway-1 to redis`
  /// @param port to listen on
  /// @param target a port of this machine
  public ProxiedLink(String name, int port, int target, EventLoopGroup loops) {
    this.name = name;
    this.port = port;
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), target);
    this.loops = loops;
    listen();
  }

  /// Its name.
  public String name() {
    return name;
  }

  /// Where it listens, as `host:port`.
  public String address() {
    return "127.0.0.1:" + port;
  }

  /// How many connections pass it.
  public int connections() {
    return passages.size();
  }

  /// From now on the link is like this.
  public synchronized void put(Condition next) {
    boolean wasHalfOpen = condition instanceof Condition.HalfOpen;
    condition = next;
    if (resets != null) {
      resets.cancel(false);
      resets = null;
    }
    if (wasHalfOpen) {
      passages.forEach(Passage::reset);
    }
    switch (next) {
      case Condition.Cut() -> {
        silence();
        passages.forEach(Passage::close);
      }
      case Condition.Resets(Duration every) -> {
        listen();
        resets =
            loops
                .next()
                .scheduleAtFixedRate(
                    () -> passages.forEach(Passage::reset),
                    0,
                    every.toMillis(),
                    TimeUnit.MILLISECONDS);
      }
      case Condition.Whole(),
          Condition.Slow(Duration _),
          Condition.HalfOpen(),
          Condition.Drip(int _) ->
          listen();
    }
    passages.forEach(Passage::wake);
  }

  @Override
  public synchronized void close() {
    put(new Condition.Cut());
  }

  private void listen() {
    if (listening == null) {
      listening =
          new ServerBootstrap()
              .group(loops)
              .channel(NioServerSocketChannel.class)
              .option(ChannelOption.SO_REUSEADDR, true)
              .option(ChannelOption.SO_BACKLOG, 1_024)
              .childOption(ChannelOption.AUTO_READ, false)
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childHandler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                      accept(client);
                    }
                  })
              .bind(InetAddress.getLoopbackAddress(), port)
              .syncUninterruptibly()
              .channel();
    }
  }

  private void silence() {
    if (listening != null) {
      listening.close().syncUninterruptibly();
      // Java lets go of the socket when its selector comes round the next time, not before.
      listening
          .eventLoop()
          .schedule(() -> {}, SELECTED_MILLIS, TimeUnit.MILLISECONDS)
          .syncUninterruptibly();
      listening = null;
    }
  }

  private void accept(SocketChannel client) {
    Passage passage = new Passage(client, () -> condition);
    passages.add(passage);
    passage.open(target, () -> passages.remove(passage));
  }
}
