package dev.parley.gateway.feed;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One session's subscription to one conversation: it passes on each event once, in order, from its
/// position on. Confined to the session's loop.
///
/// It is prepared first, catches up if events lie between its position and what is live, then is
/// live until it ends.
final class Subscription {
  private enum State {
    PREPARED,
    CATCHING_UP,
    LIVE,
    ENDED
  }

  /// As many replies wait for their places: twice what a session may be owed, since those that are
  /// overdue are among them.
  private static final int MOST_OWED = 2_000;

  private static final long NONE = 0;

  private final Listener listener;
  private final LoopFeed feed;
  private State state = State.PREPARED;
  private boolean waits = true;
  private boolean listed;
  private long position;
  private long readableAt;
  private long noticeAt = NONE;
  private long refusedAt = -1;

  /// By the number of the event in whose place each is sent; null until there was one.
  private @Nullable NavigableMap<Long, OwedReply> owed;

  /// @param position number of the last event that the session has, or does not want
  /// @param readableAt number of an event at which the user might read
  Subscription(Listener listener, LoopFeed feed, long position, long readableAt) {
    this.listener = listener;
    this.feed = feed;
    this.position = position;
    this.readableAt = readableAt;
  }

  Listener listener() {
    return listener;
  }

  LoopFeed feed() {
    return feed;
  }

  boolean live() {
    return state == State.LIVE;
  }

  boolean ended() {
    return state == State.ENDED;
  }

  boolean catchingUp() {
    return state == State.CATCHING_UP;
  }

  long position() {
    return position;
  }

  /// Whether the feed keeps for it what comes now.
  boolean waits() {
    return waits;
  }

  /// While it catches up: has the feed keep for it what comes from now on, or not any more.
  void waits(boolean now) {
    if (waits == now || state != State.CATCHING_UP) {
      return;
    }
    waits = now;
    if (now) {
      feed.keep();
    } else {
      feed.waited();
    }
  }

  /// Whether the user's departure with event `seq` ends this: one before the user came back is
  /// history.
  boolean endsAt(long seq) {
    return seq > readableAt;
  }

  /// Begins to send.
  void start() {
    if (state != State.PREPARED) {
      return;
    }
    while (owed != null && !owed.isEmpty() && owed.firstKey() <= position) {
      listener.answer(owed.pollFirstEntry().getValue());
    }
    if (readableAt <= refusedAt) {
      endRefused();
    } else {
      advance();
    }
  }

  /// Steps over to what is live, or asks for what lies between.
  void advance() {
    if (state == State.ENDED || state == State.LIVE) {
      return;
    }
    if (!feed.covers(position)) {
      state = State.CATCHING_UP;
      // All that has come by now is in the log.
      waits(false);
      listener.catchUp().add(this);
      return;
    }
    for (FeedEvent event : feed.backlog()) {
      deliver(event);
      if (ended()) {
        return;
      }
    }
    state = State.LIVE;
    if (waits) {
      waits = false;
      feed.waited();
    }
  }

  /// Sends the event if it is the next one; one that the session has is passed over.
  void deliver(FeedEvent event) {
    if (state == State.ENDED || event.seq() <= position) {
      return;
    }
    if (endsAt(event.seq()) && event.ends(listener.recipient().user())) {
      end();
      listener.memberships().left(event.conversation(), OptionalLong.of(event.seq()));
      return;
    }
    if (event.change() == FeedEvent.Change.GONE && event.member() != null) {
      listener.departed(event.member());
    }
    deliverRead(event);
  }

  /// Sends an event that was read from the log, or the reply that is owed in its place.
  void deliverRead(FeedEvent event) {
    if (event.seq() != position + 1) {
      throw new IllegalStateException(
          "event %d of %s follows %d".formatted(event.seq(), feed.conversation(), position));
    }
    position = event.seq();
    if (!answerOwed()) {
      listener.recipient().send(event.frame());
    }
    sendNotice();
  }

  /// Has a reply sent in the place of its event. Returns false if that is past.
  boolean owe(OwedReply reply) {
    // Before it begins the session does not know yet from where on.
    if (state != State.PREPARED && reply.seq() <= position) {
      return false;
    }
    if (owed == null) {
      owed = new TreeMap<>();
    }
    owed.put(reply.seq(), reply);
    if (owed.size() > MOST_OWED) {
      listener.answer(owed.pollFirstEntry().getValue());
    }
    return true;
  }

  /// The session was sent a reply that names event `seq`. If that is its next event, the client
  /// takes the one for the other, so the event must not follow.
  void answered(long seq) {
    boolean started = state == State.CATCHING_UP || state == State.LIVE;
    if (started && seq == position + 1) {
      position = seq;
      var _ = answerOwed();
      sendNotice();
    }
  }

  /// The session is told at its opening that its user is a member.
  void listed() {
    listed = true;
  }

  /// The user has joined with event `seq`; told to the session once it has that event, unless it
  /// was told at its opening and has gone on from there.
  void joinedAt(long seq) {
    if (listed && seq <= position && !endsAt(seq)) {
      return;
    }
    readableAt = Math.max(readableAt, seq);
    noticeAt = Math.max(noticeAt, seq);
    sendNotice();
  }

  /// Ends it because the log said that the user may not read, to a read that was begun when events
  /// up to `known` were known. If the user has come back with one above, that may be why. The
  /// session is told once it knows that it was subscribed.
  void refuse(long known) {
    refusedAt = Math.max(refusedAt, known);
    if ((state == State.CATCHING_UP || state == State.LIVE) && readableAt <= known) {
      endRefused();
    }
  }

  private void endRefused() {
    end();
    listener.memberships().left(feed.conversation(), OptionalLong.empty());
  }

  /// Ends it; nothing of the conversation follows but, by themselves, replies that are owed.
  void end() {
    if (state == State.ENDED) {
      return;
    }
    if (noticeAt != NONE) {
      listener.recipient().send(Wire.joined(feed.conversation(), noticeAt));
      noticeAt = NONE;
    }
    state = State.ENDED;
    listener.ended(this);
    feed.remove(this);
    if (owed != null && !owed.isEmpty()) {
      // After the word that it has ended: until then they would stand for events.
      Collection<OwedReply> left = owed.values();
      listener.recipient().loop().execute(() -> left.forEach(feed.loop()::settle));
    }
  }

  private boolean answerOwed() {
    OwedReply reply = owed == null ? null : owed.remove(position);
    return reply != null && listener.answer(reply);
  }

  private void sendNotice() {
    if (noticeAt != NONE && noticeAt <= position && state != State.ENDED) {
      listener.recipient().send(Wire.joined(feed.conversation(), noticeAt));
      noticeAt = NONE;
    }
  }
}
