package dev.parley.gateway.transport;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Limits and beats of client connections.
@ConfigMapping(prefix = "parley.gateway.transport")
public interface TransportConfig {
  /// Origins (`https://chat.example`) whose pages may connect. Default: only pages that came from
  /// the host that they connect to, so that no foreign page can use a browser's session.
  Optional<Set<String>> origins();

  /// Upgrades that pass in a second; a second's worth may come at once. Default: what one node
  /// greets (one signature check each) while its sessions notice nothing.
  @WithDefault("3000")
  int upgradesPerSecond();

  /// Connections at a time. Default: below the 20,000 open files of a process, with room for those
  /// to Kafka and Redis.
  @WithDefault("19000")
  int maxConnections();

  /// Largest message from a client, over all of its fragments. Default: content of 32 KiB with
  /// every character escaped still fits.
  @WithDefault("64K")
  MemorySize maxMessage();

  /// Bytes that may wait to be written to one client before it counts as too slow (4408). Default:
  /// seconds of a busy conversation over a poor link.
  @WithDefault("1M")
  MemorySize maxQueue();

  /// Catch-up goes on while less than this waits to be written. Default: a quarter of the bound, so
  /// that live events always find room beside it; more than what Netty itself may hold.
  @WithDefault("256K")
  MemorySize lowWater();

  /// Beat of WebSocket pings. Default: below the 30 s after which the strictest proxies cut.
  @WithDefault("25s")
  Duration pingInterval();

  /// A connection from which no frame came for so long is closed. Default: two lost pings.
  @WithDefault("60s")
  Duration idleTimeout();

  /// How long a client may take to read what is left and to answer the close frame before its
  /// socket is closed. Default: a slow link's round trips.
  @WithDefault("5s")
  Duration closeTimeout();

  /// How long a client that was too slow may take to read on until it finds the close frame (4408)
  /// before its socket is reset. What waited for it is dropped at once, so that this costs a socket
  /// and what the system has buffered for it. Default: a tab that was put to sleep or a phone that
  /// changed networks, and is back.
  @WithDefault("15s")
  Duration slowTimeout();

  Drain drain();

  /// How a stopping gateway lets its sessions go.
  interface Drain {
    /// Time between refusing upgrades and the first close. Default: the load balancer's probe sees
    /// that we are not ready.
    @WithDefault("1s")
    Duration notice();

    /// Time over which up to 10,000 sessions are told to reconnect; more take longer in proportion.
    /// Default: they come back more slowly than two other gateways admit them, and nobody is away
    /// for so long that a conversation falters.
    @WithDefault("2s")
    Duration spread();
  }
}
