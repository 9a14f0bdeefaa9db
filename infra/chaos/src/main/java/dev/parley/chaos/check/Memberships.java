package dev.parley.chaos.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who was a member of a conversation when, as its log tells: from the number of `joined` to below
/// that of `left`. A ban is a `left`; a `left` about somebody who is no member changes nothing.
final class Memberships {
  /// Still a member at the end of the log.
  static final long OPEN = Long.MAX_VALUE;

  /// A time as a member.
  ///
  /// @param from number of the `joined`
  /// @param to number of the `left`, or [#OPEN]
  record Span(long from, long to) {
    boolean holds(long seq) {
      return from <= seq && seq < to;
    }
  }

  private final Map<UUID, List<Span>> spans = new HashMap<>();

  private Memberships(@Nullable Logged[] rows, Predicate<Logged> begins, Predicate<Logged> ends) {
    for (Logged row : rows) {
      if (row == null || row.member() == null) {
        continue;
      }
      List<Span> known = spans.computeIfAbsent(row.member(), user -> new ArrayList<>(1));
      boolean member = !known.isEmpty() && known.getLast().to() == OPEN;
      if (begins.test(row) && !member) {
        known.add(new Span(row.seq(), OPEN));
      } else if (ends.test(row) && member) {
        known.set(known.size() - 1, new Span(known.getLast().from(), row.seq()));
      }
    }
  }

  /// Those of a log.
  static Memberships of(@Nullable Logged[] rows) {
    return new Memberships(
        rows, row -> row.kind().equals(Logged.JOINED), row -> row.kind().equals(Logged.LEFT));
  }

  /// Those with a role that may post; a span begins and ends with another role too.
  static Memberships posting(@Nullable Logged[] rows) {
    return new Memberships(
        rows,
        row -> givesRole(row) && Rights.mayPost(row.role()),
        row -> row.kind().equals(Logged.LEFT) || (givesRole(row) && !Rights.mayPost(row.role())));
  }

  private static boolean givesRole(Logged row) {
    return row.kind().equals(Logged.JOINED) || row.kind().equals(Logged.ROLE);
  }

  /// The user's times as a member, in order.
  List<Span> of(UUID user) {
    return spans.getOrDefault(user, List.of());
  }

  boolean ever(UUID user) {
    return !of(user).isEmpty();
  }

  boolean atTheEnd(UUID user) {
    return ever(user) && of(user).getLast().to() == OPEN;
  }

  boolean at(UUID user, long seq) {
    for (Span span : of(user)) {
      if (span.holds(seq)) {
        return true;
      }
    }
    return false;
  }

  /// Everybody who is a member at the end.
  List<UUID> members() {
    return spans.keySet().stream().filter(this::atTheEnd).toList();
  }
}
