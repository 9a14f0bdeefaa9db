package dev.parley.chaos.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// One WebSocket. Everything happens on the event loop that it was opened on; after [#tear] its
/// ears hear nothing more.
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the channel, which is heard.
final class Wire {
  private static final int LARGEST = 2 << 20;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int HANDSHAKE_MILLIS = 10_000;

  private final Ears ears;
  private @Nullable Channel channel;
  private boolean over;

  /// What a wire tells.
  interface Ears {
    /// The upgrade is done.
    void opened();

    /// A text message.
    void heard(String text);

    /// Something that a gateway does not send.
    void odd(String what);

    /// Closed, or never opened. The last thing heard.
    ///
    /// @param code as [dev.parley.chaos.history.Link.Closed]
    void ended(int code, @Nullable String reason);
  }

  private Wire(Ears ears) {
    this.ears = ears;
  }

  static Wire open(URI address, EventLoop loop, Ears ears) {
    Wire wire = new Wire(ears);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel opened) {
                    wire.furnish(opened, address);
                  }
                })
            .connect(new InetSocketAddress(address.getHost(), address.getPort()));
    wire.channel = connecting.channel();
    connecting.addListener(done -> {
      if (!connecting.isSuccess()) {
        wire.end(0, String.valueOf(connecting.cause().getMessage()));
      }
    });
    return wire;
  }

  void say(String text) {
    if (channel != null) {
      channel.writeAndFlush(new TextWebSocketFrame(text));
    }
  }

  /// Whether it reads.
  void reading(boolean reads) {
    if (channel != null) {
      channel.config().setAutoRead(reads);
    }
  }

  /// Ends it without a word to either side.
  void tear() {
    over = true;
    if (channel != null) {
      channel.close();
    }
  }

  /// Ends it in order as far as the gateway is concerned; hears nothing more.
  void leave() {
    over = true;
    if (channel != null) {
      channel.config().setAutoRead(true);
      channel
          .writeAndFlush(new CloseWebSocketFrame(1_000, ""))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void end(int code, @Nullable String reason) {
    if (!over) {
      over = true;
      ears.ended(code, reason);
    }
    if (channel != null) {
      channel.close();
    }
  }

  private void furnish(SocketChannel opened, URI address) {
    WebSocketClientProtocolConfig config =
        WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(address)
            .subprotocol("parley.v1.json")
            .maxFramePayloadLength(LARGEST)
            .handshakeTimeoutMillis(HANDSHAKE_MILLIS)
            .handleCloseFrames(false)
            .dropPongFrames(true)
            .build();
    opened
        .pipeline()
        .addLast(
            new HttpClientCodec(),
            new HttpObjectAggregator(64 * 1024),
            new WebSocketClientProtocolHandler(config),
            new WebSocketFrameAggregator(LARGEST),
            new Frames());
  }

  private final class Frames extends SimpleChannelInboundHandler<WebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      if (over) {
        return;
      }
      switch (frame) {
        case TextWebSocketFrame text -> ears.heard(text.text());
        case CloseWebSocketFrame close -> end(close.statusCode(), close.reasonText());
        case BinaryWebSocketFrame binary ->
            ears.odd("a binary message of " + binary.content().readableBytes() + " bytes");
        default -> {
          // Ping and pong were answered or dropped before.
        }
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE && !over) {
        ears.opened();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      end(1006, null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof WebSocketClientHandshakeException refused
          && refused.response() != null) {
        end(refused.response().status().code(), refused.response().headers().get("retry-after"));
      } else {
        end(cause instanceof IOException ? 1006 : 0, String.valueOf(cause.getMessage()));
      }
    }
  }
}
