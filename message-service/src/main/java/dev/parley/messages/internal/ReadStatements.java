package dev.parley.messages.internal;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/// Counts the SQL statements of other services' reads, `parley.messages.read.statements`: they must
/// not grow with the sessions that connect at once. Thread-safe.
@ApplicationScoped
class ReadStatements {
  private final MeterRegistry registry;

  ReadStatements(MeterRegistry registry) {
    this.registry = registry;
  }

  /// @param read what it was for; one of a few words
  void executed(String read) {
    registry.counter("parley.messages.read.statements", "read", read).increment();
  }
}
