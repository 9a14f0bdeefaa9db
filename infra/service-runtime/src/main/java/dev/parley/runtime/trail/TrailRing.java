package dev.parley.runtime.trail;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// The last things that happened to messages in this process, the oldest overwritten first. Its
/// memory is fixed: 64 bytes an entry, one entry a step, whatever the number of recipients.
///
/// Any thread, without locks: a writer takes a place and fills it, some twenty nanoseconds; a
/// reader passes over places that change under it. It reads all of them, a quarter of a
/// millisecond, so that is not for event loops.
public final class TrailRing {
  private static final int STAMP = 0;
  private static final int HIGH = 1;
  private static final int LOW = 2;
  private static final int KEY = 3;
  private static final int AT = 4;
  private static final int STEP = 5;
  private static final int FIRST = 6;
  private static final int SECOND = 7;
  private static final int WIDTH = 8;

  /// In place of a stamp; 0 is that of a place never used.
  private static final long FILLING = -1;

  private final AtomicLongArray places;
  private final AtomicLong taken = new AtomicLong();
  private final int mask;

  /// @param size how many entries it holds: a power of two, at most 2^24
  public TrailRing(int size) {
    if (size < 1 || size > 1 << 24 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(
          "a trail of %d entries; it must be a power of two up to %d".formatted(size, 1 << 24));
    }
    this.places = new AtomicLongArray(size * WIDTH);
    this.mask = size - 1;
  }

  /// One step.
  ///
  /// @param at epoch milliseconds
  /// @param first see [Step]
  /// @param second see [Step]
  public record Entry(Step step, long at, long first, long second) {}

  /// Remembers a step of a command.
  public void command(
      Step step, UUID conversation, UUID message, long at, long first, long second) {
    record(step, conversation, key(message), at, first, second);
  }

  /// Remembers a step of an event.
  public void event(Step step, UUID conversation, long seq, long at, long first, long second) {
    record(step, conversation, seq, at, first, second);
  }

  // The number of a step never leaves this process.
  @SuppressWarnings("EnumOrdinal")
  private void record(Step step, UUID conversation, long key, long at, long first, long second) {
    long ticket = taken.incrementAndGet();
    int place = (int) (ticket & mask) * WIDTH;
    // One fills it at a time, and the newest stays: who finds another there, or has been overtaken
    // by
    // a whole round, lets its own step go. What is filled must not be seen before the mark.
    long before = places.getOpaque(place + STAMP);
    if (before == FILLING
        || before > ticket
        || !places.compareAndSet(place + STAMP, before, FILLING)) {
      return;
    }
    VarHandle.storeStoreFence();
    places.setOpaque(place + HIGH, conversation.getMostSignificantBits());
    places.setOpaque(place + LOW, conversation.getLeastSignificantBits());
    places.setOpaque(place + KEY, key);
    places.setOpaque(place + AT, at);
    places.setOpaque(place + STEP, step.ordinal());
    places.setOpaque(place + FIRST, first);
    places.setOpaque(place + SECOND, second);
    places.setRelease(place + STAMP, ticket);
  }

  /// What is remembered of a message, oldest first.
  ///
  /// @param seq the event's number, 0 if it has none
  public List<Entry> find(UUID conversation, UUID message, long seq) {
    List<Entry> found = new ArrayList<>();
    long newest = taken.get();
    for (long ticket = Math.max(1, newest - mask); ticket <= newest; ticket++) {
      int place = (int) (ticket & mask) * WIDTH;
      long stamp = places.getAcquire(place + STAMP);
      if (stamp <= 0
          || places.getOpaque(place + HIGH) != conversation.getMostSignificantBits()
          || places.getOpaque(place + LOW) != conversation.getLeastSignificantBits()) {
        continue;
      }
      long key = places.getOpaque(place + KEY);
      long step = places.getOpaque(place + STEP);
      long at = places.getOpaque(place + AT);
      long first = places.getOpaque(place + FIRST);
      long second = places.getOpaque(place + SECOND);
      VarHandle.acquireFence();
      if (places.getOpaque(place + STAMP) != stamp) {
        continue;
      }
      if (key == (Step.at(step).ofCommand() ? key(message) : seq)) {
        found.add(new Entry(Step.at(step), at, first, second));
      }
    }
    return found;
  }

  // Where it is random in every version of UUID.
  private static long key(UUID message) {
    return message.getLeastSignificantBits();
  }
}
