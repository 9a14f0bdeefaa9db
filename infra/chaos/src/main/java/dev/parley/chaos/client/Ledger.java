package dev.parley.chaos.client;

import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// What all devices together know: how far each conversation has come, and when a message was
/// acknowledged. Thread-safe.
public final class Ledger {
  private final LongSupplier clock;
  private final Map<UUID, Long> heads = new ConcurrentHashMap<>();
  private long[] acknowledged = new long[1 << 14];
  private int count;

  /// @param clock microseconds since the run began
  public Ledger(LongSupplier clock) {
    this.clock = clock;
  }

  /// Somebody has seen this number.
  void seen(UUID conversation, long seq) {
    heads.merge(conversation, seq, Math::max);
  }

  /// A message was acknowledged, for the first time.
  synchronized void acknowledged() {
    if (count == acknowledged.length) {
      acknowledged = Arrays.copyOf(acknowledged, 2 * count);
    }
    acknowledged[count++] = clock.getAsLong();
  }

  /// The highest number seen of each conversation.
  public Map<UUID, Long> heads() {
    return Map.copyOf(heads);
  }

  /// When messages were acknowledged, rising, microseconds.
  public synchronized long[] acknowledgements() {
    return Arrays.copyOf(acknowledged, count);
  }

  /// How many messages were acknowledged.
  public synchronized int count() {
    return count;
  }
}
