package dev.parley.gateway.transport.websocket;

import dev.parley.gateway.transport.TransportConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// All WebSockets of this gateway, grouped by event loop. Any thread.
@Singleton
final class Connections {
  private final ConcurrentMap<EventLoop, LoopConnections> loops = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Closes closes;
  private final Beats beats;
  private final int maxConnections;
  private final int maxMessage;
  private final long maxQueue;
  private final long lowWater;
  private final CompletableFuture<Void> emptied = new CompletableFuture<>();
  private volatile boolean draining;

  Connections(TransportConfig config, MeterRegistry meters) {
    this.closes = new Closes(meters);
    this.beats = Beats.of(config);
    this.maxConnections = config.maxConnections();
    this.maxMessage = Math.toIntExact(config.maxMessage().asLongValue());
    this.maxQueue = config.maxQueue().asLongValue();
    this.lowWater = config.lowWater().asLongValue();
    Gauge.builder("parley.gateway.connections", count, AtomicInteger::get).register(meters);
    Gauge.builder("parley.gateway.connections.limit", () -> maxConnections).register(meters);
    Gauge.builder("parley.gateway.queued", this, Connections::queuedBytes)
        .baseUnit("bytes")
        .register(meters);
  }

  boolean full() {
    return count.get() >= maxConnections;
  }

  /// Takes a place for the connection of `channel`, whose handshake is due; on its loop.
  ///
  /// @return null if the gateway is full, or the channel has a place already
  @Nullable ClientConnection admit(Channel channel) {
    if (channel.pipeline().get(ClientConnection.HANDLER) != null) {
      return null; // An earlier handshake on it failed.
    }
    if (count.incrementAndGet() > maxConnections) {
      count.decrementAndGet();
      return null;
    }
    return new ClientConnection(this, loopOf(channel), channel);
  }

  private LoopConnections loopOf(Channel channel) {
    return loops.computeIfAbsent(
        channel.eventLoop(), loop -> new LoopConnections((SingleThreadEventLoop) loop, beats));
  }

  /// Gives a place back.
  void release() {
    if (count.decrementAndGet() == 0 && draining) {
      emptied.complete(null);
    }
  }

  int count() {
    return count.get();
  }

  /// Admits nothing from now on.
  void refuse() {
    draining = true;
  }

  boolean draining() {
    return draining;
  }

  /// Lets every connection go, spread evenly over `spread`.
  ///
  /// @return completes when the last one is gone
  CompletionStage<Void> closeAll(Duration spread, String reason) {
    loops.values().forEach(loop -> loop.closeAll(spread, reason));
    if (count.get() == 0) {
      emptied.complete(null);
    }
    return emptied;
  }

  Closes closes() {
    return closes;
  }

  int maxMessage() {
    return maxMessage;
  }

  long maxQueue() {
    return maxQueue;
  }

  long lowWater() {
    return lowWater;
  }

  private double queuedBytes() {
    return loops.values().stream().mapToLong(LoopConnections::queuedBytes).sum();
  }
}
