package dev.parley.chaos.client;

import dev.parley.chaos.history.Via;
import dev.parley.chaos.report.Moments;
import dev.parley.chaos.report.Witnessed;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// What all devices together know: how far each conversation has come, when messages were
/// acknowledged, refused and delivered. Thread-safe.
public final class Ledger {
  private final LongSupplier clock;
  private final Map<UUID, Long> heads = new ConcurrentHashMap<>();
  private final Map<UUID, Long> sent = new ConcurrentHashMap<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final Moments acknowledgedOnSockets = new Moments();
  private final Moments refused = new Moments();
  private final Moments delivered = new Moments();

  /// @param clock microseconds since the run began
  public Ledger(LongSupplier clock) {
    this.clock = clock;
  }

  /// Somebody has seen this number.
  void seen(UUID conversation, long seq) {
    heads.merge(conversation, seq, Math::max);
  }

  /// A message is sent, for the first time or again.
  void sends(UUID message) {
    sent.putIfAbsent(message, clock.getAsLong());
  }

  /// A device that is always connected and reads at once got a message.
  void delivered(UUID message) {
    Long since = sent.get(message);
    if (since != null) {
      long now = clock.getAsLong();
      delivered.add(now, now - since);
    }
  }

  /// A message was acknowledged, for the first time.
  void acknowledged(Via via) {
    acknowledged.incrementAndGet();
    // What comes in over REST goes round Kafka, and would hide that everybody else waits.
    if (via == Via.SOCKET) {
      acknowledgedOnSockets.add(clock.getAsLong(), 0);
    }
  }

  /// An attempt to send a message was answered with an error.
  void refused() {
    refused.add(clock.getAsLong(), 0);
  }

  /// The highest number seen of each conversation.
  public Map<UUID, Long> heads() {
    return Map.copyOf(heads);
  }

  /// All that was noted until now.
  ///
  /// @param behind when somebody was found behind
  public Witnessed witnessed(Moments behind) {
    return new Witnessed(
        acknowledgedOnSockets.seen(), behind.seen(), delivered.seen(), refused.seen());
  }

  /// How many messages were acknowledged.
  public int count() {
    return acknowledged.get();
  }
}
