package dev.parley.chaos.check;

import java.util.BitSet;

/// Holds a device that has caught up to DELIVERED.
///
/// A device is owed what follows the place where it first was subscribed, live, after a `resume` or
/// by the pages that `behind` sends it to. It is not owed what its client did not ask for: what
/// lies before, and what was committed while it was unsubscribed and did not resume. Of a
/// conversation that its user is no member of at the end it is owed the word that they left.
final class Delivery {
  private final LogBook book;
  private final Findings findings;

  Delivery(LogBook book, Findings findings) {
    this.book = book;
    this.findings = findings;
  }

  void check(Client client, Sessions sessions, long at) {
    for (ConversationLog log : book.memberOf(client.user())) {
      Track track = sessions.track(log.id());
      if (track != null) {
        owed(client, track, at);
      } else if (sessions.all()) {
        found(client, log, log.head(), at, "never heard of it, being a member at the end");
      }
    }
    for (Track track : sessions.tracks()) {
      if (sessions.open()
          && track.subscribed()
          && !track.log().memberships().atTheEnd(client.user())) {
        found(client, track.log(), track.log().head(), at, "was never told that they left");
      }
    }
  }

  private void owed(Client client, Track track, long at) {
    BitSet owed = track.owed();
    owed.andNot(track.pending());
    if (!owed.isEmpty()) {
      String statement = "never got %s, the log ending at %d".formatted(owed, track.log().head());
      found(client, track.log(), owed.nextSetBit(0), at, statement);
    }
  }

  private void found(Client client, ConversationLog log, long seq, long at, String statement) {
    findings.add(Suspicion.seen(Invariant.DELIVERED, client, log.id(), seq, at, statement));
  }
}
