package dev.parley.gateway.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One conversation that somebody here is subscribed to: its events are merged by number and handed
/// to every event loop that has subscribers.
///
/// Any thread. A lock guards merge and hand-over together, so that each loop's queue holds the
/// events in order whichever thread brings them (the consumer, a page from the log). Nothing under
/// the lock waits or writes to a connection.
final class Feed {
  private final UUID conversation;
  private final CompletionStage<Void> recorded;
  private final Loops loops;
  private final ReentrantLock lock = new ReentrantLock();
  private final Merge merge = new Merge();
  private volatile List<LoopFeed> attached = List.of();
  private long begunAt = -1;
  private boolean repairing;
  private volatile boolean missing;

  /// @param recorded completes once the gateway's interest in the conversation is recorded
  Feed(UUID conversation, CompletionStage<Void> recorded, Loops loops) {
    this.conversation = conversation;
    this.recorded = recorded;
    this.loops = loops;
  }

  UUID conversation() {
    return conversation;
  }

  CompletionStage<Void> recorded() {
    return recorded;
  }

  /// Its parts on the loops that have subscribers.
  List<LoopFeed> attached() {
    return attached;
  }

  /// Hands every event passed on from now to `part` too. Returns the number of the last event that
  /// was passed on before, or -1 if none could be: then what `part` gets begins right above what
  /// [#head] returns.
  long attach(LoopFeed part) {
    lock.lock();
    try {
      List<LoopFeed> more = new ArrayList<>(attached);
      more.add(part);
      attached = List.copyOf(more);
      return merge.last();
    } finally {
      lock.unlock();
    }
  }

  /// Ends it. Returns whether none is left; the feed is over then.
  boolean detach(LoopFeed part, Set<LoopFanout> touched) {
    lock.lock();
    try {
      attached = attached.stream().filter(other -> other != part).toList();
      if (attached.isEmpty()) {
        merge.abandon(new HandOver(touched));
      }
      return attached.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Tells a head read from the log; the first one begins the feed. Returns where it began.
  long head(long seq, Set<LoopFanout> touched) {
    lock.lock();
    try {
      if (!merge.begun()) {
        begunAt = seq;
      }
      merge.head(seq, new HandOver(touched));
      missing = merge.hole() != null;
      return begunAt;
    } finally {
      lock.unlock();
    }
  }

  /// Takes an event. Returns false if it was there before.
  boolean offer(FeedEvent event, Set<LoopFanout> touched) {
    lock.lock();
    try {
      HandOver sink = new HandOver(touched);
      if (attached.isEmpty()) {
        // It ended while whoever brings this held on to it: nothing may wait in it any more.
        sink.alone(event);
        return true;
      }
      boolean fresh = merge.offer(event, sink);
      missing = merge.hole() != null;
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  /// Takes what the log holds of a hole.
  ///
  /// @param head of the conversation when it was read
  /// @param asked what [#known] was before
  void fill(List<FeedEvent> events, long head, long asked, Set<LoopFanout> touched) {
    lock.lock();
    try {
      HandOver sink = new HandOver(touched);
      events.forEach(event -> merge.offer(event, sink));
      merge.noneAbove(head, asked);
      missing = merge.hole() != null;
    } finally {
      lock.unlock();
    }
  }

  /// Begins a repair. Returns false if nothing is missing or one is under way.
  boolean beginRepair() {
    lock.lock();
    try {
      boolean begun = !repairing && merge.hole() != null;
      repairing |= begun;
      return begun;
    } finally {
      lock.unlock();
    }
  }

  /// Whether a number is known to be missing.
  boolean missing() {
    return missing;
  }

  /// The lowest numbers that are missing now, null if none is known to be.
  Merge.@Nullable Hole hole() {
    lock.lock();
    try {
      return merge.hole();
    } finally {
      lock.unlock();
    }
  }

  /// Ends a repair.
  void endRepair() {
    lock.lock();
    try {
      repairing = false;
    } finally {
      lock.unlock();
    }
  }

  /// Number of the last event passed on, -1 if the feed has not begun.
  long last() {
    lock.lock();
    try {
      return merge.last();
    } finally {
      lock.unlock();
    }
  }

  /// Highest number that is known to exist.
  long known() {
    lock.lock();
    try {
      return merge.known();
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return merge.waiting();
    } finally {
      lock.unlock();
    }
  }

  /// Queues events for loops, under the lock.
  private final class HandOver implements Merge.Sink {
    private final Set<LoopFanout> touched;

    HandOver(Set<LoopFanout> touched) {
      this.touched = touched;
    }

    @Override
    public void pass(FeedEvent event) {
      LoopFanout owner = loops.ofOwed(event);
      if (owner != null && attached.stream().noneMatch(part -> part.loop() == owner)) {
        alone(event);
      }
      if (event.span() != null) {
        event.span().handed(attached.size());
      }
      for (LoopFeed part : attached) {
        part.queuePass(event);
        touched.add(part.loop());
      }
    }

    @Override
    public void alone(FeedEvent event) {
      LoopFanout owner = loops.ofOwed(event);
      if (owner != null && event.owed() != null) {
        owner.queueOwed(event.owed());
        touched.add(owner);
      }
    }
  }
}
