package dev.parley.gateway.feed;

import dev.parley.gateway.log.LogClient;
import dev.parley.gateway.session.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/// What one session is told of its user's memberships: `joined` and `left`, none after one with a
/// higher number, however late or often their records come. Confined to the session's loop.
final class MembershipNotices {
  private final Listener listener;
  private final Recipient recipient;
  private final SeenMemberships seen = new SeenMemberships();
  private final Declined declined = new Declined();
  private final List<Runnable> beforeStart = new ArrayList<>(0);

  MembershipNotices(Listener listener) {
    this.listener = listener;
    this.recipient = listener.recipient();
  }

  /// The session may be told now: what has come is gone through.
  void start() {
    List<Runnable> waited = List.copyOf(beforeStart);
    beforeStart.clear();
    waited.forEach(Runnable::run);
  }

  /// Its client wants the conversation, or does not.
  void wanted(UUID conversation, boolean wanted) {
    if (wanted) {
      declined.remove(conversation);
    } else {
      declined.add(conversation);
    }
  }

  /// Whether the user is known to have left `conversation` after event `head`.
  boolean leftAfter(UUID conversation, long head) {
    return seen.leftAfter(conversation, head);
  }

  /// Whether the user's membership of `conversation` is known to have changed after event `seq`.
  boolean changedAfter(UUID conversation, long seq) {
    return seen.changedAfter(conversation, seq);
  }

  /// Number of the event by which the user joined, if that is the last that was told; else 0.
  long joinedAt(UUID conversation) {
    return seen.joinedAt(conversation);
  }

  /// What the user is a member of now: what it has joined without the session hearing of it is made
  /// up for.
  void compare(LogClient.Memberships now) {
    if (!now.truncated()) {
      now.conversations().forEach(this::joinedUnnoticed);
    }
  }

  /// The user has joined by event `seq`, and the notice of that should have come. A session that
  /// wants all conversations and has neither this one nor heard of it has missed the notice.
  void joinedUnnoticed(UUID conversation, long seq) {
    if (listener.started()
        && recipient.subscribesAll()
        && listener.subscription(conversation) == null
        && !declined.contains(conversation)) {
      changed(conversation, seq, FeedEvent.Change.JOINED);
    }
  }

  /// The user has joined or left `conversation`. Of two notices the one with the higher number
  /// wins. A live subscription meets the departure in its order.
  void changed(UUID conversation, long seq, FeedEvent.Change change) {
    if (listener.closed()) {
      return;
    }
    if (!listener.started()) {
      beforeStart.add(() -> changedBeforeStart(conversation, seq, change));
    } else if (seen.tell(conversation, seq, change)) {
      if (change == FeedEvent.Change.JOINED) {
        joined(conversation, seq);
      } else {
        departed(conversation, seq);
      }
    }
  }

  private void changedBeforeStart(UUID conversation, long seq, FeedEvent.Change change) {
    Subscription subscription = listener.subscription(conversation);
    boolean listed = subscription != null && subscription.position() >= seq;
    if (change != FeedEvent.Change.JOINED || !listed) {
      changed(conversation, seq, change);
    }
  }

  private void joined(UUID conversation, long seq) {
    Subscription subscription = listener.subscription(conversation);
    if (subscription != null) {
      subscription.joinedAt(seq);
    } else if (recipient.subscribesAll()) {
      listener.joining().join(conversation, seq);
    } else {
      recipient.send(Wire.joined(conversation, seq));
    }
  }

  private void departed(UUID conversation, long seq) {
    Subscription subscription = listener.subscription(conversation);
    if (subscription == null) {
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
  ///
  /// @param seq of the event by which, if that is known
  void left(UUID conversation, OptionalLong seq) {
    if (seq.isPresent()) {
      seen.tell(conversation, seq.getAsLong(), FeedEvent.Change.GONE);
    } else {
      seen.tellAhead(conversation);
    }
    gone(conversation, seq);
  }

  private void gone(UUID conversation, OptionalLong seq) {
    recipient.send(Wire.left(conversation, seq));
    listener.doubtWatched();
  }
}
