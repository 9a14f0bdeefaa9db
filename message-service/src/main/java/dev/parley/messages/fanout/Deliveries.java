package dev.parley.messages.fanout;

import java.util.concurrent.CompletableFuture;

/// Takes records for gateways.
@FunctionalInterface
interface Deliveries {
  /// Sends `outgoing` to `partition`. Thread-safe; may block while the sender's buffer is full.
  ///
  /// @return completes when the record is safe, exceptionally if it may be lost
  CompletableFuture<?> send(int partition, Outgoing outgoing);
}
