package dev.parley.gateway.feed;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.routing.Route;
import dev.parley.gateway.session.Recipient;
import dev.parley.gateway.transport.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The sessions of one event loop and what they listen to.
///
/// Methods whose name begins with `queue`, [#flush()] and [#crowded()] are for any thread; all
/// others run on the loop, and so nothing here is locked. A queue takes what fan-out has for the
/// loop and is emptied by one task, however much came together. It is bounded by its producer: the
/// consumer of deliveries waits while a loop is [#crowded()]; pages from the log are few.
final class LoopFanout {
  /// Above this many entries the consumer waits for the loop.
  static final int CROWDED = 8192;

  /// Above this many bytes of frames too: a few messages of the largest size weigh as much as
  /// thousands of small ones.
  static final long CROWDED_BYTES = 8 << 20;

  /// Entries handled before other tasks of the loop have a turn.
  private static final int TURN = 512;

  private final Executor executor;
  private final FeedPorts ports;
  private final Queue<Work> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  private final Map<UUID, Listener> sessions = new HashMap<>();
  private final Map<UUID, Set<Listener>> users = new HashMap<>();
  private final LoopWatchers watchers;
  private final Map<UUID, LoopFeed> feeds = new HashMap<>();

  /// @param size bytes that are held by it
  private record Work(Runnable action, int size) {}

  LoopFanout(Executor executor, FeedPorts ports) {
    this.executor = executor;
    this.ports = ports;
    this.watchers = new LoopWatchers(this, ports);
  }

  Executor executor() {
    return executor;
  }

  /// A reply whose event has come, or comes, without it.
  void queueOwed(OwedReply owed) {
    enqueue(() -> settle(owed));
  }

  /// A reply without an event.
  void queueReply(Delivery.Reply reply) {
    enqueue(() -> {
      Listener listener = sessions.get(reply.to().session());
      if (listener != null) {
        listener.reply(reply.to().ticket(), reply.json());
      }
    });
  }

  /// `member` has joined or left.
  void queueMembership(UUID conversation, long seq, FeedEvent.Change change, UUID member) {
    enqueue(() -> {
      for (Listener listener : List.copyOf(users.getOrDefault(member, Set.of()))) {
        listener.memberships().changed(conversation, seq, change);
      }
    });
  }

  /// Something ephemeral.
  void queuePush(Delivery.Push push, Frame frame) {
    enqueue(() -> push(push, frame), frame.size());
  }

  /// Anything else.
  void enqueue(Runnable action) {
    enqueue(action, 0);
  }

  /// @param size bytes that `action` holds
  void enqueue(Runnable action, int size) {
    queued.incrementAndGet();
    queuedBytes.addAndGet(size);
    queue.add(new Work(action, size));
  }

  /// Has what is queued handled, by one task.
  void flush() {
    if (!queue.isEmpty() && scheduled.compareAndSet(false, true)) {
      executor.execute(this::drain);
    }
  }

  boolean crowded() {
    return queued.get() > CROWDED || queuedBytes.get() > CROWDED_BYTES;
  }

  int queued() {
    return queued.get();
  }

  Listener open(Recipient recipient) {
    Listener listener = new Listener(recipient, this, ports);
    sessions.put(recipient.session(), listener);
    users.computeIfAbsent(recipient.user(), user -> new LinkedHashSet<>(2)).add(listener);
    ports.loops().add(recipient.session(), this);
    return listener;
  }

  @Nullable Listener listener(Recipient recipient) {
    return sessions.get(recipient.session());
  }

  void close(Listener listener) {
    UUID user = listener.recipient().user();
    if (sessions.remove(listener.recipient().session(), listener)) {
      ports.loops().remove(listener.recipient().session());
      remove(users, user, listener);
      ports.interests().remove(Route.user(user), this, users.containsKey(user));
    }
  }

  /// Those who watch somebody's presence.
  LoopWatchers watchers() {
    return watchers;
  }

  /// The feed of `conversation` on this loop, kept until [LoopFeed#release()].
  LoopFeed hold(UUID conversation) {
    LoopFeed feed = feeds.get(conversation);
    if (feed == null) {
      feed = new LoopFeed(conversation, this, ports);
      feeds.put(conversation, feed);
    }
    feed.hold();
    return feed;
  }

  void forget(LoopFeed feed) {
    feeds.remove(feed.conversation(), feed);
    ports.feeds().detach(feed.conversation(), feed);
  }

  void closeAll(CloseCode code, String reason) {
    for (Listener listener : List.copyOf(sessions.values())) {
      listener.recipient().close(code, reason);
    }
  }

  /// These are members now, by events that should have been noticed.
  void joined(List<Delivery.Joined> joined) {
    for (Delivery.Joined one : joined) {
      for (Listener listener : List.copyOf(users.getOrDefault(one.member(), Set.of()))) {
        listener.memberships().joinedUnnoticed(one.conversation(), one.seq());
      }
    }
  }

  List<Listener> listeners() {
    return new ArrayList<>(sessions.values());
  }

  /// Has the session, if it is on this loop, send a reply in its place.
  void settle(OwedReply owed) {
    Listener owner = sessions.get(owed.to().session());
    if (owner == null) {
      return;
    }
    try {
      owner.settle(owed);
    } catch (RuntimeException | OutOfMemoryError e) {
      // Others wait for what comes with it. The session asks again once it is back.
      ports.metrics().failed(e);
      owner.recipient().close(CloseCode.INTERNAL, "internal error");
    }
  }

  private void push(Delivery.Push push, Frame frame) {
    UUID id = push.target().id();
    switch (push.target().kind()) {
      case CONVERSATION -> {
        LoopFeed feed = feeds.get(id);
        if (feed != null) {
          feed.push(push, frame);
        }
      }
      case USER -> pushTo(users.getOrDefault(id, Set.of()), push, frame);
      case PRESENCE -> watchers.push(push, frame);
    }
  }

  private static void pushTo(Set<Listener> listeners, Delivery.Push push, Frame frame) {
    for (Listener listener : List.copyOf(listeners)) {
      listener.push(push, frame);
    }
  }

  private void drain() {
    scheduled.set(false);
    for (int i = 0; i < TURN; i++) {
      Work work = queue.poll();
      if (work == null) {
        return;
      }
      queued.decrementAndGet();
      queuedBytes.addAndGet(-work.size());
      try {
        work.action().run();
      } catch (RuntimeException | OutOfMemoryError e) {
        ports.metrics().failed(e);
      }
    }
    flush();
  }

  static void remove(Map<UUID, Set<Listener>> map, UUID key, Listener listener) {
    Set<Listener> listeners = map.get(key);
    if (listeners != null) {
      listeners.remove(listener);
      if (listeners.isEmpty()) {
        map.remove(key);
      }
    }
  }
}
