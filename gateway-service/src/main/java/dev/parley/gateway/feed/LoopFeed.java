package dev.parley.gateway.feed;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.gateway.transport.Frame;
import dev.parley.runtime.logging.About;
import dev.parley.runtime.trail.Step;
import dev.parley.runtime.trail.TrailRing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One conversation's subscriptions on one event loop. Confined to the loop.
///
/// Its events come consecutively. While a subscription is being made or waits for a page of the
/// log, the latest events are kept, at most [#BACKLOG] in at most [#BACKLOG_BYTES], so that it can
/// step over to what is live without a gap; what is let go is in the log.
final class LoopFeed {
  static final int BACKLOG = 256;
  static final long BACKLOG_BYTES = 512 << 10;

  private static final long UNKNOWN = -1;

  private final UUID conversation;
  private final LoopFanout loop;
  private final Feed feed;
  private final FeedMetrics metrics;
  private final TrailRing trail;
  private final List<Subscription> subscriptions = new ArrayList<>(2);
  private final ArrayDeque<FeedEvent> backlog = new ArrayDeque<>(0);
  private long backlogBytes;
  private int held;
  private int waiting;
  private long applied;
  private boolean left;

  LoopFeed(UUID conversation, LoopFanout loop, FeedPorts ports) {
    this.conversation = conversation;
    this.loop = loop;
    this.metrics = ports.metrics();
    this.trail = ports.trail();
    Feeds.Attached attached = ports.feeds().attach(conversation, this);
    this.feed = attached.feed();
    this.applied = attached.last();
  }

  UUID conversation() {
    return conversation;
  }

  Feed feed() {
    return feed;
  }

  LoopFanout loop() {
    return loop;
  }

  /// Queues the next event; any thread, under the feed's lock.
  void queuePass(FeedEvent event) {
    loop.enqueue(() -> pass(event), event.frame().size());
  }

  /// Keeps this and its backlog while a subscription is being made.
  void hold() {
    held++;
    keep();
  }

  /// Ends a [#hold()].
  void release() {
    held--;
    waited();
    leaveIfEmpty();
  }

  /// Tells where the feed began.
  void begun(long at) {
    if (applied == UNKNOWN) {
      applied = at;
    }
  }

  /// Number of the last event that came to this loop.
  long applied() {
    return applied;
  }

  Subscription subscribe(Listener listener, long position, long head) {
    Subscription subscription = new Subscription(listener, this, position, head);
    subscriptions.add(subscription);
    keep();
    return subscription;
  }

  /// Keeps what comes from now on for one more subscription.
  void keep() {
    waiting++;
  }

  /// Ends a [#keep()].
  void waited() {
    waiting--;
    if (waiting == 0) {
      backlog.clear();
      backlogBytes = 0;
    }
  }

  void remove(Subscription subscription) {
    int at = subscriptions.indexOf(subscription);
    if (at >= 0) {
      // The last one takes its place: whoever iterates does so from the end.
      Subscription last = subscriptions.removeLast();
      if (last != subscription) {
        subscriptions.set(at, last);
      }
      if (subscription.waits()) {
        waited();
      }
      leaveIfEmpty();
    }
  }

  private void pass(FeedEvent event) {
    if (event.owed() != null) {
      loop.settle(event.owed());
    }
    if (left) {
      // Queued before the last subscriber went. There may be a new part of the feed by now, which
      // begins where it begins.
      written(event, 0);
      return;
    }
    applied = event.seq();
    if (waiting > 0) {
      remember(event);
    }
    int subscribed = subscriptions.size();
    int live = 0;
    int delivered = 0;
    for (int i = subscriptions.size() - 1; i >= 0; i--) {
      Subscription subscription = subscriptions.get(i);
      if (subscription.live()) {
        live++;
        delivered += deliver(subscription, event) ? 1 : 0;
      }
    }
    metrics.delivered(delivered, event.times());
    trail.event(
        Step.WRITTEN,
        conversation,
        event.seq(),
        System.currentTimeMillis(),
        delivered,
        subscribed - live);
    written(event, delivered);
  }

  private static void written(FeedEvent event, int sessions) {
    if (event.span() != null) {
      event.span().written(sessions);
    }
  }

  // One session's failure must not keep the event from the others. It cannot go on without a gap,
  // so it ends, to resume.
  private boolean deliver(Subscription subscription, FeedEvent event) {
    try {
      subscription.deliver(event);
      return true;
    } catch (RuntimeException | OutOfMemoryError e) {
      try (About _ =
          About.conversation(conversation)
              .andSession(subscription.listener().recipient().session())) {
        metrics.failed(e);
      }
      subscription.listener().recipient().close(CloseCode.INTERNAL, "internal error");
      return false;
    }
  }

  /// Whether what follows `position` is all kept here.
  boolean covers(long position) {
    return position >= applied || (!backlog.isEmpty() && backlog.getFirst().seq() <= position + 1);
  }

  /// What is kept, in order.
  List<FeedEvent> backlog() {
    return List.copyOf(backlog);
  }

  void push(Delivery.Push push, Frame frame) {
    for (int i = subscriptions.size() - 1; i >= 0; i--) {
      Subscription subscription = subscriptions.get(i);
      if (subscription.live()) {
        subscription.listener().push(push, frame);
      } else {
        metrics.dropped();
      }
    }
  }

  /// Somebody subscribed who is not among `refused`, null if there is nobody.
  @Nullable UUID reader(Set<UUID> refused) {
    for (Subscription subscription : subscriptions) {
      UUID user = subscription.listener().recipient().user();
      if (!refused.contains(user)) {
        return user;
      }
    }
    return null;
  }

  /// Ends the subscriptions of `users`, who were refused; as [Subscription#refuse].
  void dismiss(Set<UUID> users, long known) {
    for (Subscription subscription : List.copyOf(subscriptions)) {
      if (users.contains(subscription.listener().recipient().user())) {
        subscription.refuse(known);
      }
    }
  }

  private void remember(FeedEvent event) {
    backlog.addLast(event);
    backlogBytes += event.frame().size();
    while (backlog.size() > BACKLOG || backlogBytes > BACKLOG_BYTES) {
      backlogBytes -= backlog.removeFirst().frame().size();
    }
  }

  private void leaveIfEmpty() {
    if (held == 0 && subscriptions.isEmpty()) {
      left = true;
      loop.forget(this);
    }
  }
}
