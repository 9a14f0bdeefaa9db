package dev.parley.gateway.transport.websocket;

import dev.parley.contracts.CloseCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/// Counts how connections end. Any thread.
final class Closes {
  private final Map<CloseCode, Counter> byGateway = new EnumMap<>(CloseCode.class);
  private final Counter byClient;
  private final Counter lost;
  private final Counter slow;
  private final Counter dropped;

  Closes(MeterRegistry meters) {
    for (CloseCode code : CloseCode.values()) {
      byGateway.put(code, meters.counter("parley.gateway.closes", "code", "" + code.code()));
    }
    byClient = meters.counter("parley.gateway.closes", "code", "client");
    lost = meters.counter("parley.gateway.closes", "code", "lost");
    slow = meters.counter("parley.gateway.closes.slow");
    dropped = meters.counter("parley.gateway.drops");
  }

  /// We began to close.
  void byGateway(CloseCode code) {
    Counter counter = byGateway.get(code);
    if (counter != null) {
      counter.increment();
    }
  }

  /// The client began to close.
  void byClient() {
    byClient.increment();
  }

  /// The socket went away without a word.
  void lost() {
    lost.increment();
  }

  /// A client did not finish the closing handshake in time.
  void slow() {
    slow.increment();
  }

  /// Frames were thrown away because their session ended first.
  void dropped(int frames) {
    dropped.increment(frames);
  }
}
