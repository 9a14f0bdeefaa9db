package dev.parley.gateway.feed;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts the events of one conversation, which come in any order, more than once or not at all, into
/// the order of their numbers. Pure; guarded by its feed.
///
/// It begins at a head that was read from the log: every event above it is passed on once, in
/// order. What comes before the head is known waits. An event above a hole waits until the hole is
/// filled, by later records or from the log. At most [#MAX_WAITING] events wait, in at most
/// [#MAX_WAITING_BYTES]: beyond that the highest is let go, to be read from the log in its turn.
final class Merge {
  static final int MAX_WAITING = 1024;
  static final long MAX_WAITING_BYTES = 4 << 20;

  private static final long UNKNOWN = -1;

  private final TreeMap<Long, FeedEvent> waiting = new TreeMap<>();
  private long waitingBytes;
  private long last = UNKNOWN;
  private long known;

  /// Where events go.
  interface Sink {
    /// The next event in order.
    void pass(FeedEvent event);

    /// An event that settles a reply and is not passed on, or was before without it.
    void alone(FeedEvent event);
  }

  /// The numbers from `from` to `to` are missing.
  record Hole(long from, long to) {
    int size() {
      return (int) Math.min(to - from + 1, Integer.MAX_VALUE);
    }
  }

  boolean begun() {
    return last != UNKNOWN;
  }

  /// Number of the last event passed on, or the head begun at; -1 before [#begin].
  long last() {
    return last;
  }

  /// Highest number that is known to exist.
  long known() {
    return known;
  }

  int waiting() {
    return waiting.size();
  }

  /// Tells a head read from the log. The first one is where passing on begins; a later one only
  /// says up to where events exist.
  void head(long seq, Sink sink) {
    known = Math.max(known, seq);
    if (!begun()) {
      last = seq;
      while (!waiting.isEmpty() && waiting.firstKey() <= last) {
        FeedEvent event = removeFirst();
        if (event.owed() != null) {
          sink.alone(event);
        }
      }
      passWaiting(sink);
    }
  }

  /// Takes an event, from a record or from the log. Returns false if its number was there before.
  boolean offer(FeedEvent event, Sink sink) {
    long seq = event.seq();
    known = Math.max(known, seq);
    if (begun() && seq <= last) {
      if (event.owed() != null) {
        sink.alone(event);
      }
      return false;
    }
    if (begun() && seq == last + 1) {
      pass(event, sink);
      passWaiting(sink);
      return true;
    }
    return hold(event, sink);
  }

  /// The lowest numbers that are missing, null if none is known to be.
  @Nullable Hole hole() {
    if (!begun() || last >= known) {
      return null;
    }
    return new Hole(last + 1, waiting.isEmpty() ? known : waiting.firstKey() - 1);
  }

  /// The log said that nothing exists above `head`: what was believed to exist when it was asked
  /// was never committed. What has become known since stays.
  ///
  /// @param asked the highest number that was known when the log was asked
  void noneAbove(long head, long asked) {
    if (known <= asked) {
      long highest = waiting.isEmpty() ? last : waiting.lastKey();
      known = Math.max(head, highest);
    }
  }

  /// Lets go of what waits, because nobody wants it any more.
  void abandon(Sink sink) {
    while (!waiting.isEmpty()) {
      FeedEvent event = removeFirst();
      if (event.owed() != null) {
        sink.alone(event);
      }
    }
  }

  private boolean hold(FeedEvent event, Sink sink) {
    FeedEvent before = waiting.get(event.seq());
    if (before != null) {
      if (before.owed() == null && event.owed() != null) {
        waiting.put(event.seq(), event);
      }
      return false;
    }
    waiting.put(event.seq(), event);
    waitingBytes += event.frame().size();
    while (waiting.size() > MAX_WAITING || waitingBytes > MAX_WAITING_BYTES) {
      FeedEvent highest = waiting.pollLastEntry().getValue();
      waitingBytes -= highest.frame().size();
      if (highest.owed() != null) {
        sink.alone(highest);
      }
    }
    return true;
  }

  private void passWaiting(Sink sink) {
    while (!waiting.isEmpty() && waiting.firstKey() == last + 1) {
      pass(removeFirst(), sink);
    }
  }

  private void pass(FeedEvent event, Sink sink) {
    last = event.seq();
    sink.pass(event);
  }

  private FeedEvent removeFirst() {
    FeedEvent event = waiting.pollFirstEntry().getValue();
    waitingBytes -= event.frame().size();
    return event;
  }
}
