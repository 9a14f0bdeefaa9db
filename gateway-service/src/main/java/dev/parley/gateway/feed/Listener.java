package dev.parley.gateway.feed;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import dev.parley.gateway.log.LogClient;
import dev.parley.gateway.session.Recipient;
import dev.parley.gateway.transport.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One session as fan-out knows it: its subscriptions, the users it watches, what it was told of
/// its user's memberships. Confined to the session's loop.
final class Listener {
  private final Recipient recipient;
  private final LoopFanout loop;
  private final FeedMetrics metrics;
  private final Map<UUID, Subscription> subscriptions = new HashMap<>();
  private final Set<UUID> watched = new HashSet<>(0);
  private final HeldPresence presence = new HeldPresence();
  private final Declined declined = new Declined();
  private final SeenMemberships memberships = new SeenMemberships();
  private final CatchUp catchUp;
  private final Joining joining;
  private final List<Runnable> beforeStart = new ArrayList<>(0);
  private boolean started;
  private boolean closed;

  Listener(Recipient recipient, LoopFanout loop, FeedPorts ports) {
    this.recipient = recipient;
    this.loop = loop;
    this.metrics = ports.metrics();
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
    declined.remove(feed.conversation());
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
    List<Runnable> waited = List.copyOf(beforeStart);
    beforeStart.clear();
    waited.forEach(Runnable::run);
  }

  /// Whether the user is known to have left `conversation` after event `head`.
  boolean leftAfter(UUID conversation, long head) {
    return memberships.leftAfter(conversation, head);
  }

  /// Whether the user's membership of `conversation` is known to have changed after event `seq`.
  boolean changedAfter(UUID conversation, long seq) {
    return memberships.changedAfter(conversation, seq);
  }

  /// Ends a subscription on the client's word.
  void unsubscribe(UUID conversation) {
    joining.cancel(conversation);
    Subscription subscription = subscriptions.get(conversation);
    if (subscription != null) {
      subscription.end();
      declined.add(conversation);
    }
  }

  /// What the user is a member of now: what it has joined without the session hearing of it is made
  /// up for.
  void compare(LogClient.Memberships now) {
    if (started && !closed && !now.truncated()) {
      joining.makeUp(
          now.conversations().stream()
              .filter(id -> !subscriptions.containsKey(id))
              .filter(id -> !declined.contains(id) && !memberships.joined(id))
              .toList());
    }
  }

  /// Returns whether it is news that the user is a member at event `head`.
  boolean joinedBy(UUID conversation, long head) {
    return !closed
        && !subscriptions.containsKey(conversation)
        && !declined.contains(conversation)
        && memberships.tell(conversation, head, FeedEvent.Change.JOINED);
  }

  /// The user has joined or left `conversation`. Of two notices the one with the higher number
  /// wins. A live subscription meets the departure in its order.
  void membership(UUID conversation, long seq, FeedEvent.Change change) {
    if (closed) {
      return;
    }
    if (!started) {
      beforeStart.add(() -> membershipBeforeStart(conversation, seq, change));
      return;
    }
    if (!memberships.tell(conversation, seq, change)) {
      return;
    }
    Subscription subscription = subscriptions.get(conversation);
    if (change == FeedEvent.Change.JOINED) {
      if (subscription != null) {
        subscription.joinedAt(seq);
      } else if (recipient.subscribesAll()) {
        joining.join(conversation, seq);
      } else {
        recipient.send(Wire.joined(conversation, seq));
      }
    } else if (subscription == null) {
      gone(conversation, OptionalLong.of(seq));
    } else if (subscription.catchingUp()
        && subscription.position() < seq
        && subscription.endsAt(seq)) {
      subscription.end();
      // The log up to there is not the user's to read any more; the session is told what it missed.
      if (subscription.position() + 1 < seq) {
        recipient.send(Wire.behind(conversation, subscription.position() + 1, seq - 1));
      }
      gone(conversation, OptionalLong.of(seq));
    }
  }

  /// Tells the session that its subscription has ended because its user may not read any more.
  void left(UUID conversation, OptionalLong seq) {
    if (seq.isPresent()) {
      memberships.tell(conversation, seq.getAsLong(), FeedEvent.Change.GONE);
    } else {
      memberships.tellAhead(conversation);
    }
    gone(conversation, seq);
  }

  private void gone(UUID conversation, OptionalLong seq) {
    recipient.send(Wire.left(conversation, seq));
    if (!watched.isEmpty()) {
      recipient.doubt(Set.copyOf(watched));
    }
  }

  /// `member` has left a conversation in which the session is.
  void departed(UUID member) {
    if (watched.contains(member)) {
      recipient.doubt(Set.of(member));
    }
  }

  /// Whether the reply that `event` settles is owed to this session.
  boolean owns(Delivery.Event event) {
    return event.reply() != null && event.reply().session().equals(recipient.session());
  }

  /// Sends the reply that `event` settles. Returns false if none is owed any more.
  boolean settle(Delivery.Event event) {
    if (event.reply() == null) {
      return false;
    }
    OptionalLong id = recipient.settle(event.reply().ticket());
    if (id.isEmpty()) {
      return false;
    }
    recipient.send(Wire.settled(id.getAsLong(), event));
    answered(event.conversation(), event.seq());
    return true;
  }

  /// Sends a reply that has come by itself. That of a repetition names the first event's number,
  /// and stands for that event if it is the session's next one.
  void reply(long ticket, JsonText json) {
    OptionalLong id = recipient.settle(ticket);
    if (id.isPresent()) {
      recipient.send(Wire.reply(id.getAsLong(), json));
      Wire.Place place = Wire.place(json);
      if (place != null) {
        answered(place.conversation(), place.seq());
      }
    }
  }

  private void answered(UUID conversation, long seq) {
    Subscription subscription = subscriptions.get(conversation);
    if (subscription != null) {
      subscription.answered(seq);
    }
  }

  void push(Delivery.Push push, Frame frame) {
    if (started
        && !recipient.session().equals(push.exceptSession())
        && !recipient.user().equals(push.exceptUser())) {
      Route target = push.target();
      if (target.kind() != Route.Kind.PRESENCE || !presence.took(target.id(), frame)) {
        push(frame);
      }
    }
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
  void tellPresence() {
    presence.release().forEach(this::push);
  }

  /// Returns whether the session did not watch `user` before.
  boolean watch(UUID user) {
    boolean added = watched.add(user);
    if (added) {
      loop.watch(this, user);
    }
    return added;
  }

  void unwatch(UUID user) {
    if (watched.remove(user)) {
      presence.forget(user);
      loop.unwatch(this, user);
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
    Set.copyOf(watched).forEach(this::unwatch);
    loop.close(this);
  }

  private void membershipBeforeStart(UUID conversation, long seq, FeedEvent.Change change) {
    Subscription subscription = subscriptions.get(conversation);
    boolean listed = subscription != null && subscription.position() >= seq;
    if (change != FeedEvent.Change.JOINED || !listed) {
      membership(conversation, seq, change);
    }
  }
}
