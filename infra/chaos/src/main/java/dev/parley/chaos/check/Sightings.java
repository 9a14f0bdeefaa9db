package dev.parley.chaos.check;

import dev.parley.chaos.check.Memberships.Span;
import dev.parley.chaos.history.Push;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Holds every event that anybody saw to the log (SAME_ORDER, CONTENT, NOTHING_FROM_NOWHERE) and to
/// SECRECY.
///
/// Who may read a conversation now may read all of its log. So number s was rightly given to a user
/// if at some moment, after s was committed and before it was seen, they were a member: within a
/// span of membership that ends above s, whose beginning was committed before it was seen. What was
/// asked for must moreover have been allowed at a moment after it was asked for. Both moments are
/// bounded by the histories alone ([ConversationLog.Bounds]), to the benefit of the doubt; so most
/// is decided at once, and the rest when all histories are read.
final class Sightings {
  private final Findings findings;
  private final List<Doubt> doubts = new ArrayList<>();

  /// @param since when it was asked for; 0: by nobody
  /// @param subscribed whether the session was to get events of the conversation
  private record Doubt(
      ConversationLog log, Client client, long seq, long since, long at, boolean subscribed) {}

  Sightings(Findings findings) {
    this.findings = findings;
  }

  /// An event came to a session.
  void pushed(ConversationLog log, Client client, Push.Event event, long at, boolean subscribed) {
    compare(log, client, event, at);
    if (!subscribed || !log.memberships().at(client.user(), event.seq())) {
      doubts.add(new Doubt(log, client, event.seq(), 0, at, subscribed));
    }
  }

  /// A page came that was asked for at `since`.
  void read(ConversationLog log, Client client, List<Push.Event> events, long since, long at) {
    for (Push.Event event : events) {
      compare(log, client, event, at);
    }
    if (!events.isEmpty()) {
      doubts.add(new Doubt(log, client, events.getLast().seq(), since, at, true));
    }
  }

  private void compare(ConversationLog log, Client client, Push.Event event, long at) {
    Logged row = log.row(event.seq());
    if (row == null) {
      Logged elsewhere = event.id() == null ? null : log.byId(event.id());
      if (elsewhere == null) {
        found(
            Invariant.NOTHING_FROM_NOWHERE,
            log,
            client,
            event.seq(),
            at,
            "saw " + event.seq() + " " + event.kind() + ", which is not in the log");
      } else {
        found(
            Invariant.SAME_ORDER,
            log,
            client,
            event.seq(),
            at,
            "saw as " + event.seq() + " what the log has as " + elsewhere);
      }
    } else if (!same(row, event)) {
      found(
          Invariant.SAME_ORDER,
          log,
          client,
          event.seq(),
          at,
          "saw as %d %s of %s, id %s; the log has %s"
              .formatted(event.seq(), event.kind(), event.user(), event.id(), row));
    } else {
      log.seen(row, at);
      boolean content = event.erased() ? row.erased() : row.erased() || event.hash() == row.hash();
      if (!content || event.time() != row.time()) {
        found(
            Invariant.CONTENT,
            log,
            client,
            event.seq(),
            at,
            "saw %d with other content than the log's: time %d, hash %x%s; the log has %s"
                .formatted(
                    event.seq(),
                    event.time(),
                    event.hash(),
                    event.erased() ? ", erased" : "",
                    row));
      }
    }
  }

  private static boolean same(Logged row, Push.Event event) {
    return row.kind().equals(event.kind())
        && row.user().equals(event.user())
        && Objects.equals(row.id(), event.id())
        && Objects.equals(row.member(), event.member())
        && Objects.equals(row.role(), event.role());
  }

  /// Decides what was left open.
  void check(Map<UUID, ConversationLog.Bounds> bounds) {
    Map<String, Boolean> told = new HashMap<>();
    for (Doubt doubt : doubts) {
      String statement = "saw %d of a conversation".formatted(doubt.seq());
      if (!allowed(doubt, Objects.requireNonNull(bounds.get(doubt.log().id())))) {
        found(Invariant.SECRECY, doubt, statement + " whose member they were not");
      } else if (!doubt.subscribed()
          && told.put(doubt.client().name() + doubt.log().id(), true) == null) {
        found(Invariant.PROTOCOL, doubt, statement + " to which the session was not subscribed");
      }
    }
  }

  private static boolean allowed(Doubt doubt, ConversationLog.Bounds bounds) {
    for (Span span : doubt.log().memberships().of(doubt.client().user())) {
      boolean afterIt = doubt.seq() < span.to();
      boolean begun = bounds.committedAfter(span.from()) <= doubt.at();
      boolean notOver =
          span.to() == Memberships.OPEN || bounds.committedBefore(span.to()) >= doubt.since();
      if (afterIt && begun && notOver) {
        return true;
      }
    }
    return false;
  }

  private void found(Invariant invariant, Doubt doubt, String statement) {
    found(invariant, doubt.log(), doubt.client(), doubt.seq(), doubt.at(), statement);
  }

  private void found(
      Invariant invariant, ConversationLog log, Client client, long seq, long at, String text) {
    findings.add(Suspicion.seen(invariant, client, log.id(), seq, at, text));
  }
}
