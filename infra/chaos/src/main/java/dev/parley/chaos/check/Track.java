package dev.parley.chaos.check;

import java.util.BitSet;

/// What one device has of one conversation, and where its present session stands in it.
final class Track {
  private final ConversationLog log;
  private final BitSet has = new BitSet();
  private final BitSet excused = new BitSet();
  private final BitSet missing = new BitSet(0);
  private boolean subscribed;
  private boolean known;
  private long position;
  private long notice;

  Track(ConversationLog log) {
    this.log = log;
  }

  ConversationLog log() {
    return log;
  }

  boolean subscribed() {
    return subscribed;
  }

  /// The last number that the session was sent, or does not want.
  long position() {
    return position;
  }

  /// Number of the last `joined` or `left` of the session.
  long notice() {
    return notice;
  }

  void notice(long seq) {
    notice = seq;
  }

  /// A new connection begins: nothing is subscribed.
  void reset() {
    subscribed = false;
    notice = 0;
  }

  /// The session is subscribed and gets what follows `had`, which the client says to have.
  void resume(long had) {
    if (!known) {
      excuse(1, had);
    }
    begin(had);
  }

  /// The session is subscribed from the head on; the client does not ask for what lies between.
  void follow(long head) {
    excuse(position + 1, head);
    begin(Math.max(head, 0));
  }

  /// The session was told to forget what it holds, and to fetch everything up to `head`.
  void forget(long head) {
    has.clear();
    position = head;
  }

  void unsubscribe() {
    subscribed = false;
  }

  void move(long seq) {
    position = seq;
  }

  void got(long seq) {
    has.set(index(seq));
  }

  /// The session went on without these; rows that the log has are missing unless they come yet.
  void skip(long from, long to) {
    for (long seq = from; seq <= Math.min(to, log.head()); seq++) {
      if (log.row(seq) != null) {
        missing.set(index(seq));
      }
    }
  }

  /// Returns whether the number had been skipped, and comes now.
  boolean late(long seq) {
    boolean late = missing.get(index(seq));
    missing.clear(index(seq));
    return late;
  }

  /// Takes what was skipped and never came. It is told once, so the device is not owed it again.
  BitSet takeMissing() {
    BitSet taken = (BitSet) missing.clone();
    excused.or(missing);
    missing.clear();
    return taken;
  }

  /// What was skipped and has not come yet; told when the session ends.
  BitSet pending() {
    return (BitSet) missing.clone();
  }

  /// The device is not owed these.
  void excuse(long from, long to) {
    long last = Math.min(to, log.head());
    if (from <= last) {
      excused.set(index(from), index(last) + 1);
    }
  }

  /// Rows of the log that the device is owed and has not got.
  BitSet owed() {
    BitSet owed = new BitSet();
    for (int seq = 1; seq <= log.head(); seq++) {
      if (log.row(seq) != null && !has.get(seq) && !excused.get(seq)) {
        owed.set(seq);
      }
    }
    return owed;
  }

  /// How many numbers the device has not got and was not owed.
  int notOwed() {
    BitSet only = (BitSet) excused.clone();
    only.andNot(has);
    return only.cardinality();
  }

  private void begin(long at) {
    known = true;
    subscribed = true;
    position = at;
  }

  // No log is longer than an int; a number that is was never given.
  private static int index(long seq) {
    return Math.clamp(seq, 0, Integer.MAX_VALUE - 1);
  }
}
