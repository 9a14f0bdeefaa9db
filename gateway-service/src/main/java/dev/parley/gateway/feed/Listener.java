package dev.parley.gateway.feed;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.frame.ServerFrames;
import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.presence.Shown;
import dev.parley.gateway.session.Recipient;
import dev.parley.gateway.transport.Frame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One session as fan-out knows it: its subscriptions, the users it watches and how they were shown
/// to it, what it was told of its user's memberships. Confined to the session's loop.
final class Listener {
  private final Recipient recipient;
  private final LoopFanout loop;
  private final FeedMetrics metrics;
  private final Map<UUID, Subscription> subscriptions = new HashMap<>();
  private final Map<UUID, Integer> watched = new HashMap<>(0);
  private final HeldPresence presence = new HeldPresence();
  private final MembershipNotices memberships;
  private final CatchUp catchUp;
  private final Joining joining;
  private boolean started;
  private boolean closed;

  Listener(Recipient recipient, LoopFanout loop, FeedPorts ports) {
    this.recipient = recipient;
    this.loop = loop;
    this.metrics = ports.metrics();
    this.memberships = new MembershipNotices(this);
    this.catchUp = new CatchUp(recipient, ports);
    this.joining = new Joining(this, loop, ports);
  }

  Recipient recipient() {
    return recipient;
  }

  CatchUp catchUp() {
    return catchUp;
  }

  Joining joining() {
    return joining;
  }

  MembershipNotices memberships() {
    return memberships;
  }

  /// Whether the session may be pushed to.
  boolean started() {
    return started;
  }

  boolean closed() {
    return closed;
  }

  @Nullable Subscription subscription(UUID conversation) {
    return subscriptions.get(conversation);
  }

  int subscribed() {
    return subscriptions.size();
  }

  /// Subscribes from above `position`; an earlier subscription to the same ends. At event `head`
  /// the user may read.
  Subscription subscribe(LoopFeed feed, long position, long head) {
    Subscription before = subscriptions.get(feed.conversation());
    if (before != null) {
      before.end();
    }
    Subscription subscription =
        feed.subscribe(this, position, Math.max(head, memberships.joinedAt(feed.conversation())));
    subscriptions.put(feed.conversation(), subscription);
    memberships.wanted(feed.conversation(), true);
    metrics.subscribed(1);
    return subscription;
  }

  /// A subscription has ended.
  void ended(Subscription subscription) {
    if (subscriptions.remove(subscription.feed().conversation(), subscription)) {
      metrics.subscribed(-1);
    }
  }

  /// From here on the session may be pushed to.
  void start() {
    started = true;
    memberships.start();
  }

  /// Ends a subscription on the client's word.
  void unsubscribe(UUID conversation) {
    joining.cancel(conversation);
    Subscription subscription = subscriptions.get(conversation);
    if (subscription != null) {
      subscription.end();
      memberships.wanted(conversation, false);
    }
  }

  /// The session has lost a conversation, and perhaps with it the right to watch somebody.
  void doubtWatched() {
    if (!watched.isEmpty()) {
      recipient.doubt(Set.copyOf(watched.keySet()));
    }
  }

  /// `member` has left a conversation in which the session is.
  void departed(UUID member) {
    if (watched.containsKey(member)) {
      recipient.doubt(Set.of(member));
    }
  }

  /// Sends a reply in the place of its event, or by itself if the session has that event or does
  /// not get it.
  void settle(OwedReply owed) {
    Subscription subscription = subscriptions.get(owed.conversation());
    if (subscription == null || !subscription.owe(owed)) {
      answer(owed);
    }
  }

  /// Sends a reply now. Returns false if it is not owed any more.
  boolean answer(OwedReply owed) {
    String trace = recipient.trace(owed.to().ticket());
    OptionalLong id = recipient.settle(owed.to().ticket());
    if (id.isPresent()) {
      recipient.send(Wire.settled(id.getAsLong(), trace, owed));
    }
    return id.isPresent();
  }

  /// Sends a reply that has come by itself. That of a repetition names the first event's number,
  /// and stands for that event if it is the session's next one.
  void reply(long ticket, JsonText json) {
    String trace = recipient.trace(ticket);
    OptionalLong id = recipient.settle(ticket);
    if (id.isPresent()) {
      recipient.send(Wire.reply(id.getAsLong(), ServerFrames.traced(trace, json)));
      Wire.Place place = Wire.place(json);
      if (place != null && subscriptions.containsKey(place.conversation())) {
        subscriptions.get(place.conversation()).answered(place.seq());
      }
    }
  }

  void push(Delivery.Push push, Frame frame) {
    if (started
        && !recipient.session().equals(push.exceptSession())
        && !recipient.user().equals(push.exceptUser())) {
      push(frame);
    }
  }

  /// As [#push(Delivery.Push, Frame)], of somebody's presence.
  void pushPresence(UUID user, Frame frame, int mark) {
    if (started) {
      watched.replace(user, mark);
      if (!presence.took(user, frame)) {
        push(frame);
      }
    }
  }

  /// `user` is shown so, says what was read. Returns false if the session is just being told of
  /// users, so that this may be older.
  boolean compare(UUID user, Frame frame, int mark) {
    if (!started || presence.holding()) {
      return false;
    }
    Integer told = watched.replace(user, mark);
    if (told != null && told != mark) {
      push(frame);
    }
    return true;
  }

  private void push(Frame frame) {
    recipient.send(frame);
    metrics.pushed();
  }

  /// As [Subscriptions#holdPresence].
  void holdPresence() {
    presence.hold();
  }

  /// As [Subscriptions#tellPresence].
  void tellPresence(List<UUID> users, Map<UUID, Shown> known) {
    for (UUID user : users) {
      if (watched.containsKey(user) && !presence.holds(user)) {
        Shown shown = known.get(user);
        watched.put(user, shown == null ? Shown.UNKNOWN : shown.mark());
        if (shown == null) {
          loop.watchers().doubt(user);
        }
      }
    }
    presence.release().forEach(this::push);
  }

  /// Returns whether the session did not watch `user` before.
  boolean watch(UUID user) {
    boolean added = watched.putIfAbsent(user, Shown.UNKNOWN) == null;
    if (added) {
      loop.watchers().add(this, user);
    }
    return added;
  }

  void unwatch(UUID user) {
    if (watched.remove(user) != null) {
      presence.forget(user);
      loop.watchers().remove(this, user);
    }
  }

  /// The session has ended.
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    catchUp.close();
    List.copyOf(subscriptions.values()).forEach(Subscription::end);
    List.copyOf(watched.keySet()).forEach(this::unwatch);
    loop.close(this);
  }
}
