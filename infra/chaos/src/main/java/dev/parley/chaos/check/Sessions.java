package dev.parley.chaos.check;

import dev.parley.chaos.history.Link;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Reading;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one device's sessions were told, held to the protocol's rules for a session: SAME_ORDER,
/// NO_DUPLICATE, SESSION_CONSECUTIVE and PROTOCOL.
final class Sessions {
  private final Client client;
  private final LogBook book;
  private final Sightings sightings;
  private final Refusals refusals;
  private final Findings findings;
  private final Map<UUID, Track> tracks = new HashMap<>();
  private int connection;
  private long connectedSince;
  private boolean open;
  private boolean all;
  private Map<UUID, Long> resume = Map.of();

  Sessions(Client client, Rules rules) {
    this.client = client;
    this.book = rules.book();
    this.sightings = rules.sightings();
    this.refusals = rules.refusals();
    this.findings = rules.findings();
  }

  /// Counts the device's connections.
  int connection() {
    return connection;
  }

  /// Whether the last connection had come to `connected` and has not ended.
  boolean open() {
    return open;
  }

  /// Whether the last session subscribes everything.
  boolean all() {
    return all;
  }

  Collection<Track> tracks() {
    return tracks.values();
  }

  @Nullable Track track(UUID conversation) {
    return tracks.get(conversation);
  }

  void link(Link link, long at) {
    switch (link) {
      case Link.Connect connect -> {
        end(at);
        connection++;
        connectedSince = at;
        all = connect.all();
        resume = connect.resume();
        tracks.values().forEach(Track::reset);
      }
      case Link.Connected connected -> connected(connected, at);
      case Link.Closed closed -> end(at);
      case Link.Cut cut -> end(at);
      case Link.Subscribe subscribe -> {}
      case Link.Subscribed subscribed -> {
        Track track = of(subscribed.conversation());
        settle(track, at);
        begin(track, subscribed.after(), subscribed.seq(), at);
      }
      case Link.Unsubscribe unsubscribe -> {}
      case Link.Unsubscribed unsubscribed -> {
        Track track = of(unsubscribed.conversation());
        settle(track, at);
        track.unsubscribe();
      }
    }
  }

  private void connected(Link.Connected connected, long at) {
    open = true;
    for (Link.Head head : connected.conversations()) {
      Track track = of(head.conversation());
      if (!track.log().memberships().ever(client.user())) {
        found(Invariant.SECRECY, track, head.seq(), at, "was subscribed to, never being a member");
      }
      begin(track, resume.get(head.conversation()), head.seq(), at);
    }
  }

  private void begin(Track track, @Nullable Long had, long head, long at) {
    if (head > track.log().head()) {
      String statement = "was told the head " + head + " of a log that ends at ";
      found(Invariant.PROTOCOL, track, head, at, statement + track.log().head());
    }
    if (had == null) {
      track.follow(head);
    } else {
      if (head < had) {
        String statement = "was told the head " + head + ", having seen " + had;
        found(Invariant.READ_AFTER_ACKNOWLEDGE, track, had, at, statement);
      }
      track.resume(had);
    }
  }

  void push(Push push, long at) {
    switch (push) {
      case Push.Event event -> event(event, at);
      case Push.Behind behind -> behind(of(behind.conversation()), behind, at);
      case Push.Joined joined -> joined(of(joined.conversation()), joined.seq(), at);
      case Push.Left left -> left(of(left.conversation()), left.seq(), at);
      case Push.Odd odd ->
          findings.add(Suspicion.of(Invariant.PROTOCOL, client, at, "saw " + odd.what()));
    }
  }

  private void event(Push.Event event, long at) {
    Track track = of(event.conversation());
    sightings.pushed(track.log(), client, event, at, track.subscribed());
    track.got(event.seq());
    if (!track.subscribed()) {
      return;
    }
    long expected = track.position() + 1;
    if (event.seq() >= expected) {
      track.skip(expected, event.seq() - 1);
      track.move(event.seq());
    } else if (track.late(event.seq())) {
      String statement = "saw " + event.seq() + " after " + track.position();
      found(Invariant.SAME_ORDER, track, event.seq(), at, statement);
    } else {
      String statement = "saw " + event.seq() + " again, being at " + track.position();
      found(Invariant.NO_DUPLICATE, track, event.seq(), at, statement);
    }
  }

  /// A reply in the session stands for event `seq` if that is the session's next one. Only that of
  /// a repetition may come before its place.
  void answered(UUID conversation, long seq, boolean repeated, long at) {
    Track track = tracks.get(conversation);
    if (track == null || !track.subscribed()) {
      return;
    }
    if (seq == track.position() + 1) {
      track.got(seq);
      track.move(seq);
    } else if (seq > track.position() && !repeated) {
      String statement = "was answered with " + seq + ", being at " + track.position();
      found(Invariant.SESSION_CONSECUTIVE, track, seq, at, statement);
    }
  }

  /// A page has brought these.
  void read(UUID conversation, Reading.Page page) {
    Track track = of(conversation);
    page.events().forEach(event -> track.got(event.seq()));
  }

  // A reset is for a database that was set back. None is in a run: positions come from what was
  // committed, and no fault takes a log back.
  private void behind(Track track, Push.Behind behind, long at) {
    boolean right =
        track.subscribed()
            && !behind.reset()
            && behind.from() <= behind.to()
            && behind.from() == track.position() + 1;
    if (!right) {
      String statement = "was told " + behind + ", being at " + track.position();
      found(Invariant.PROTOCOL, track, behind.from(), at, statement);
    }
    if (behind.reset()) {
      track.forget(behind.to());
    } else {
      track.move(Math.max(track.position(), behind.to()));
    }
  }

  private void joined(Track track, long seq, long at) {
    notice(track, seq, Logged.JOINED, at);
    if (!track.subscribed() && all) {
      track.follow(seq);
    }
  }

  private void left(Track track, @Nullable Long seq, long at) {
    if (seq != null) {
      notice(track, seq, Logged.LEFT, at);
      track.excuse(seq, seq);
      if (track.subscribed()) {
        track.skip(track.position() + 1, seq - 1);
      }
    } else {
      refusals.left(client, track.log(), connectedSince, at);
    }
    settle(track, at);
    track.unsubscribe();
  }

  private void notice(Track track, long seq, String kind, long at) {
    Logged row = track.log().row(seq);
    if (row == null || !row.kind().equals(kind) || !client.user().equals(row.member())) {
      String statement = "was told `" + kind + "` with " + seq + ", where the log has " + row;
      found(Invariant.PROTOCOL, track, seq, at, statement);
    } else if (seq <= track.notice()) {
      String statement = "was told `" + kind + "` with " + seq + " after " + track.notice();
      found(Invariant.PROTOCOL, track, seq, at, statement);
    }
    track.notice(seq);
  }

  /// The connection has ended, or the history has.
  void end(long at) {
    open = false;
    tracks.values().forEach(track -> settle(track, at));
  }

  private void settle(Track track, long at) {
    BitSet missing = track.takeMissing();
    if (!missing.isEmpty()) {
      String statement =
          "went on in a session without %s, up to %d".formatted(missing, track.position());
      found(Invariant.SESSION_CONSECUTIVE, track, missing.nextSetBit(0), at, statement);
    }
  }

  private Track of(UUID conversation) {
    return tracks.computeIfAbsent(conversation, id -> new Track(book.of(id)));
  }

  private void found(Invariant invariant, Track track, long seq, long at, String statement) {
    findings.add(Suspicion.seen(invariant, client, track.log().id(), seq, at, statement));
  }
}
