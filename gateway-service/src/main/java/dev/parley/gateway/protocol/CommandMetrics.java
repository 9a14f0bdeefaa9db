package dev.parley.gateway.protocol;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what sessions ask and what became of it. Thread-safe.
final class CommandMetrics {
  /// It was done here, or is on its way to the service that decides.
  static final String ACCEPTED = "accepted";

  /// It ended the connection.
  static final String BROKEN = "broken";

  private static final Set<String> TYPES =
      Set.of(
          "connect",
          "refresh",
          "subscribe",
          "unsubscribe",
          "history",
          "send",
          "edit",
          "delete",
          "react",
          "pin",
          "typing",
          "signal",
          "read",
          "presence",
          "watch",
          "unwatch",
          "ping");

  private record Kind(String type, String result) {}

  private final MeterRegistry registry;
  private final Map<Kind, Counter> commands = new ConcurrentHashMap<>();
  private final AtomicLong sessions = new AtomicLong();
  private final AtomicLong owed = new AtomicLong();

  CommandMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("parley.gateway.sessions", sessions, AtomicLong::get)
        .description("sessions that are open")
        .register(registry);
    Gauge.builder("parley.gateway.replies.owed", owed, AtomicLong::get)
        .description("replies that other services owe to sessions")
        .register(registry);
  }

  /// One command; types that no client should send are counted together.
  void command(String type, String result) {
    commands
        .computeIfAbsent(
            new Kind(TYPES.contains(type) ? type : "other", result),
            kind ->
                Counter.builder("parley.gateway.commands")
                    .description("commands of clients, by what became of them")
                    .tag("type", kind.type())
                    .tag("result", kind.result())
                    .register(registry))
        .increment();
  }

  void sessions(int change) {
    sessions.addAndGet(change);
  }

  void owed(int change) {
    owed.addAndGet(change);
  }
}
