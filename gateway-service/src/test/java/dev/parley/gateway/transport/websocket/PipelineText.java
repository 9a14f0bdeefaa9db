package dev.parley.gateway.transport.websocket;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.http.websocketx.WebSocket08FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// What the bytes of the one open WebSocket go through, in lines that can be compared: socket,
/// handlers, the decoder's settings but for the size of messages, and options.
final class PipelineText {
  private static final List<ChannelOption<?>> OPTIONS =
      List.of(
          ChannelOption.AUTO_READ,
          ChannelOption.WRITE_BUFFER_WATER_MARK,
          ChannelOption.ALLOCATOR,
          ChannelOption.RCVBUF_ALLOCATOR,
          ChannelOption.TCP_NODELAY,
          ChannelOption.SO_KEEPALIVE,
          ChannelOption.SO_LINGER,
          ChannelOption.ALLOW_HALF_CLOSURE,
          ChannelOption.AUTO_CLOSE);

  private PipelineText() {}

  /// What it is in production.
  static List<String> production() {
    try (InputStream in = PipelineText.class.getResourceAsStream("/pipeline.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What it is in this process.
  static List<String> here(Vertx vertx) throws Exception {
    List<String> lines = new ArrayList<>();
    for (EventExecutor executor : ((VertxInternal) vertx).getEventLoopGroup()) {
      SingleThreadEventLoop loop = (SingleThreadEventLoop) executor;
      Callable<List<String>> look = () -> webSockets(loop);
      lines.addAll(loop.submit(look).get());
    }
    return lines;
  }

  private static List<String> webSockets(SingleThreadEventLoop loop) throws Exception {
    List<String> lines = new ArrayList<>();
    for (Iterator<Channel> it = loop.registeredChannelsIterator(); it.hasNext(); ) {
      Channel channel = it.next();
      if (channel.pipeline().get(ClientConnection.HANDLER) != null) {
        lines.addAll(of(channel));
      }
    }
    return lines;
  }

  private static List<String> of(Channel channel) throws Exception {
    List<String> lines = new ArrayList<>();
    // Epoll..., Nio..., KQueue...: whichever the system has.
    lines.add(channel.getClass().getSimpleName().replaceFirst("^(Epoll|Nio|KQueue)", ""));
    for (String name : channel.pipeline().names()) {
      ChannelHandler handler = channel.pipeline().get(name);
      if (handler != null) {
        lines.add(name + " " + handler.getClass().getName());
      }
      if (handler instanceof WebSocket08FrameDecoder decoder) {
        settings(decoder).map(setting -> "  " + setting).forEach(lines::add);
      }
    }
    for (ChannelOption<?> option : OPTIONS) {
      lines.add(option + " " + text(channel.config().getOption(option)));
    }
    return lines;
  }

  private static Stream<String> settings(WebSocket08FrameDecoder decoder) throws Exception {
    Field field = WebSocket08FrameDecoder.class.getDeclaredField("config");
    field.setAccessible(true);
    WebSocketDecoderConfig config = (WebSocketDecoderConfig) field.get(decoder);
    return Stream.of(
        "masked " + config.expectMaskedFrames(),
        "mismatch " + config.allowMaskMismatch(),
        "extensions " + config.allowExtensions(),
        "closes " + config.closeOnProtocolViolation(),
        "utf8 " + config.withUTF8Validator());
  }

  private static String text(Object value) {
    return value instanceof ByteBufAllocator || value instanceof RecvByteBufAllocator
        ? value.getClass().getName()
        : String.valueOf(value);
  }
}
