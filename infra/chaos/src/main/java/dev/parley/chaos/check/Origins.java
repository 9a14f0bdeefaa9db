package dev.parley.chaos.check;

import dev.parley.chaos.check.ConversationLog.Mark;
import dev.parley.chaos.history.ChangeKind;
import dev.parley.chaos.history.Wish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Holds the log to NOTHING_FROM_NOWHERE, CONTENT and REFUSED_LEAVES_NO_TRACE, when all histories
/// are read.
///
/// A message is known by its id. A change of membership is not, so each such row takes one wish for
/// just this change: the one whose answer named the row's number, else one that may have been
/// applied without its client knowing, the earliest first.
final class Origins {
  private final LogBook book;
  private final Findings findings;
  private final Map<UUID, List<Change>> changes = new HashMap<>();
  private final Map<UUID, List<Opening>> openings = new HashMap<>();

  private static final class Change {
    final UUID user;
    final Wish.Change wish;
    final Asked asked;
    int left;

    /// @param honest whether its answer, if there is one, names a row that it can have brought
    ///   about
    Change(UUID user, Wish.Change wish, Asked asked, boolean honest) {
      this.user = user;
      this.wish = wish;
      this.asked = asked;
      this.left = asked.keyed() ? ofOneKey(asked, honest) : asked.undecided() + (honest ? 0 : 1);
    }

    // However often it is asked for, a key brings about one row at most.
    private static int ofOneKey(Asked asked, boolean honest) {
      if (asked.acknowledged() == null) {
        return Math.min(1, asked.undecided());
      }
      return honest ? 0 : 1;
    }

    boolean named(Logged row) {
      Asked.Acknowledged answer = asked.acknowledged();
      return answer != null && answer.seq() != null && answer.seq() == row.seq();
    }
  }

  private static final class Opening {
    final Wish.Create wish;
    final Asked asked;
    boolean taken;

    Opening(Wish.Create wish, Asked asked) {
      this.wish = wish;
      this.asked = asked;
    }
  }

  Origins(LogBook book, Findings findings) {
    this.book = book;
    this.findings = findings;
  }

  /// Whether `row` can be what `wish` of `user` brought about.
  static boolean covers(UUID user, Wish.Change wish, Logged row) {
    boolean about = row.member() != null && row.member().equals(wish.member());
    boolean banned = "banned".equals(wish.role());
    boolean role = wish.role() == null || wish.role().equals(row.role());
    return row.user().equals(user)
        && switch (row.kind()) {
          case Logged.JOINED ->
              about
                  && role
                  && (wish.kind() == ChangeKind.ADD
                      || wish.kind() == ChangeKind.JOIN
                      || (wish.kind() == ChangeKind.ROLE && !banned));
          case Logged.LEFT ->
              about
                  && (wish.kind() == ChangeKind.REMOVE
                      || wish.kind() == ChangeKind.LEAVE
                      || (wish.kind() == ChangeKind.ROLE && banned));
          case Logged.ROLE -> about && role && wish.kind() == ChangeKind.ROLE;
          case Logged.UPDATED -> wish.kind() == ChangeKind.UPDATE;
          default -> false;
        };
  }

  /// Takes what a device asked for.
  void add(Client client, Asked asked) {
    switch (asked.wish()) {
      case Wish.Send send -> {}
      case Wish.Change change -> {
        if (!asked.named()) {
          changes
              .computeIfAbsent(change.conversation(), id -> new ArrayList<>())
              .add(new Change(client.user(), change, asked, honest(client, change, asked)));
        }
      }
      case Wish.Create create ->
          openings
              .computeIfAbsent(client.user(), id -> new ArrayList<>())
              .add(new Opening(create, asked));
    }
  }

  private boolean honest(Client client, Wish.Change change, Asked asked) {
    Asked.Acknowledged answer = asked.acknowledged();
    if (answer == null || answer.seq() == null) {
      return true;
    }
    Logged row = book.of(change.conversation()).row(answer.seq());
    return row != null && covers(client.user(), change, row);
  }

  void check() {
    for (ConversationLog log : book.all()) {
      List<Change> asked = changes.getOrDefault(log.id(), List.of());
      long opened = opened(log);
      for (Logged row : log.rows()) {
        if (row.seq() <= opened) {
          continue;
        }
        UUID id = row.id();
        if (id != null) {
          named(log, row, id);
        } else if (!taken(log, row, asked)) {
          nowhere(row);
        }
      }
    }
  }

  private void named(ConversationLog log, Logged row, UUID id) {
    if (!row.equals(log.byId(id))) {
      // The same id again, which is told as NO_DUPLICATE.
      return;
    }
    if (!log.has(row, Mark.ASKED)) {
      nowhere(row);
    } else if (!log.has(row, Mark.MEANT)) {
      findings.add(
          Suspicion.ofLog(Invariant.CONTENT, row, "the log has other content than was sent"));
    }
    if (log.has(row, Mark.ASKED) && !log.has(row, Mark.POSSIBLE)) {
      findings.add(
          Suspicion.ofLog(
              Invariant.REFUSED_LEAVES_NO_TRACE,
              row,
              "was refused each time it was asked for, and is in the log"));
    }
  }

  private static boolean taken(ConversationLog log, Logged row, List<Change> changes) {
    Change found = null;
    for (Change change : changes) {
      if (covers(change.user, change.wish, row)) {
        if (change.named(row)) {
          log.asked(row, change.asked.at());
          return true;
        }
        if (change.left > 0 && (found == null || change.asked.at() < found.asked.at())) {
          found = change;
        }
      }
    }
    if (found == null) {
      return false;
    }
    found.left--;
    log.asked(row, found.asked.at());
    return true;
  }

  /// Finds who opened the conversation; returns the number of the last row that came with it.
  private long opened(ConversationLog log) {
    Logged first = log.row(1);
    if (first == null || !first.kind().equals(Logged.CREATED)) {
      return 0;
    }
    Opening opening = opening(log, first);
    if (opening == null) {
      return 0;
    }
    opening.taken = true;
    long last = opening.wish.members().size() + 2L;
    for (long seq = 1; seq <= last; seq++) {
      Logged row = log.row(seq);
      if (row != null) {
        log.asked(row, opening.asked.at());
      }
    }
    return last;
  }

  private @Nullable Opening opening(ConversationLog log, Logged first) {
    Opening found = null;
    for (Opening opening : openings.getOrDefault(first.user(), List.of())) {
      if (opening.taken || !fits(log, first.user(), opening.wish)) {
        continue;
      }
      Asked.Acknowledged answer = opening.asked.acknowledged();
      if (answer != null && answer.conversation().equals(log.id())) {
        return opening;
      }
      boolean possible = answer == null && opening.asked.undecided() > 0;
      if (possible && (found == null || opening.asked.at() < found.asked.at())) {
        found = opening;
      }
    }
    return found;
  }

  private static boolean fits(ConversationLog log, UUID creator, Wish.Create wish) {
    Set<UUID> expected = new HashSet<>(wish.members());
    expected.add(creator);
    for (long seq = 2; seq <= wish.members().size() + 2L; seq++) {
      Logged row = log.row(seq);
      if (row == null || !row.kind().equals(Logged.JOINED) || !expected.remove(row.member())) {
        return false;
      }
    }
    return true;
  }

  private void nowhere(Logged row) {
    findings.add(
        Suspicion.ofLog(
            Invariant.NOTHING_FROM_NOWHERE, row, "nobody asked for what the log has as " + row));
  }
}
