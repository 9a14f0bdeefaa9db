package dev.parley.chaos.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection through a link: what came in, and its continuation to the target. Both ends live
/// on one event loop; [#reset], [#close] and [#wake] may be called from any thread.
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the channel, which is heard.
final class Passage {
  private static final int CONNECT_MILLIS = 2_000;

  private final SocketChannel client;
  private final Supplier<Condition> condition;
  private @Nullable SocketChannel server;
  private @Nullable Flow up;
  private @Nullable Flow down;

  Passage(SocketChannel client, Supplier<Condition> condition) {
    this.client = client;
    this.condition = condition;
  }

  /// On the event loop. With a link that is half open the target never hears of it.
  ///
  /// @param ended is run when neither side is open any more
  void open(InetSocketAddress target, Runnable ended) {
    client
        .closeFuture()
        .addListener(closed -> {
          if (server == null || !server.isOpen()) {
            ended.run();
          }
        });
    if (condition.get() instanceof Condition.HalfOpen) {
      client.pipeline().addLast(new Flow(client, client, this, condition));
      client.config().setAutoRead(true);
      return;
    }
    ChannelFuture connecting =
        new Bootstrap()
            .group(client.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(new Silent())
            .connect(target);
    connecting.addListener(done -> {
      if (!connecting.isSuccess() || !client.isActive()) {
        connecting.channel().close();
        reset();
        return;
      }
      join((SocketChannel) connecting.channel());
      connecting
          .channel()
          .closeFuture()
          .addListener(closed -> {
            if (!client.isOpen()) {
              ended.run();
            }
          });
    });
  }

  private void join(SocketChannel opened) {
    server = opened;
    Flow toServer = new Flow(client, opened, this, condition);
    Flow toClient = new Flow(opened, client, this, condition);
    up = toServer;
    down = toClient;
    client.pipeline().addLast(toServer);
    opened.pipeline().addLast(toClient);
    toServer.opposite(toClient);
    toClient.opposite(toServer);
    client.config().setAutoRead(true);
    opened.config().setAutoRead(true);
  }

  /// Ends both sides with a reset.
  void reset() {
    client
        .eventLoop()
        .execute(() -> {
          abort(client);
          abort(server);
        });
  }

  /// Ends both sides in order, whatever was on its way.
  void close() {
    client
        .eventLoop()
        .execute(() -> {
          client.close();
          if (server != null) {
            server.close();
          }
        });
  }

  /// The condition is another one: what waits may go on.
  void wake() {
    client
        .eventLoop()
        .execute(() -> {
          if (up != null) {
            up.pump();
          }
          if (down != null) {
            down.pump();
          }
        });
  }

  private static void abort(@Nullable Channel channel) {
    if (channel instanceof SocketChannel socket && socket.isOpen()) {
      try {
        socket.config().setSoLinger(0);
      } catch (RuntimeException closedMeanwhile) {
        // Then it is closed.
      }
      socket.close();
    }
  }
}
