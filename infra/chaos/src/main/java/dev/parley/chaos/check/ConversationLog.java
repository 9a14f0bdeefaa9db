package dev.parley.chaos.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One conversation's log, and what the histories tell of each row: when it was first asked for,
/// when it was first seen.
///
/// Rows are committed in the order of their numbers. So a row was committed after everything up to
/// it had been asked for ([#committedAfter]), and before anything from it on was seen
/// ([#committedBefore]): two bounds that rest on the harness's clock alone.
final class ConversationLog {
  static final long NEVER = Long.MAX_VALUE;

  /// What is known of a row besides times.
  enum Mark {
    /// Some client asked for it.
    ASKED,
    /// With this very content.
    MEANT,
    /// At least once without a clear refusal.
    POSSIBLE
  }

  private final UUID id;
  private final @Nullable Logged[] rows;
  private final long[] asked;
  private final long[] seen;
  private final BitSet askedFor = new BitSet();
  private final BitSet meant = new BitSet();
  private final BitSet possible = new BitSet();
  private final Map<UUID, Logged> byId = new HashMap<>();
  private final Memberships memberships;
  private final Memberships posters;

  /// @param rows by rising number from 1, null where there is none
  ConversationLog(UUID id, @Nullable Logged[] rows) {
    this.id = id;
    this.rows = rows;
    this.asked = new long[rows.length];
    this.seen = new long[rows.length];
    Arrays.fill(seen, NEVER);
    for (Logged row : rows) {
      if (row != null && row.id() != null) {
        byId.putIfAbsent(row.id(), row);
      }
    }
    this.memberships = Memberships.of(rows);
    this.posters = Memberships.posting(rows);
  }

  UUID id() {
    return id;
  }

  /// The highest number.
  int head() {
    return rows.length;
  }

  @Nullable Logged row(long seq) {
    return seq < 1 || seq > rows.length ? null : rows[(int) seq - 1];
  }

  /// The row of a message, or of a change with a request id.
  @Nullable Logged byId(UUID id) {
    return byId.get(id);
  }

  Memberships memberships() {
    return memberships;
  }

  /// Who might post when.
  Memberships posters() {
    return posters;
  }

  void asked(Logged row, long at) {
    int i = (int) row.seq() - 1;
    asked[i] = has(row, Mark.ASKED) ? Math.min(asked[i], at) : at;
    mark(row, Mark.ASKED);
  }

  /// When the row was first asked for, 0 if nobody did.
  long askedAt(Logged row) {
    return asked[(int) row.seq() - 1];
  }

  void seen(Logged row, long at) {
    int i = (int) row.seq() - 1;
    seen[i] = Math.min(seen[i], at);
  }

  /// When the row was first seen, [#NEVER] if nobody did.
  long seenAt(Logged row) {
    return seen[(int) row.seq() - 1];
  }

  void mark(Logged row, Mark mark) {
    marked(mark).set((int) row.seq());
  }

  boolean has(Logged row, Mark mark) {
    return marked(mark).get((int) row.seq());
  }

  private BitSet marked(Mark mark) {
    return switch (mark) {
      case ASKED -> askedFor;
      case MEANT -> meant;
      case POSSIBLE -> possible;
    };
  }

  /// All rows, by rising number.
  List<Logged> rows() {
    List<Logged> there = new ArrayList<>();
    for (Logged row : rows) {
      if (row != null) {
        there.add(row);
      }
    }
    return there;
  }

  /// Both bounds of every row, when all histories are read.
  Bounds bounds() {
    long[] after = asked.clone();
    for (int i = 1; i < after.length; i++) {
      after[i] = Math.max(after[i], after[i - 1]);
    }
    long[] before = seen.clone();
    for (int i = before.length - 2; i >= 0; i--) {
      before[i] = Math.min(before[i], before[i + 1]);
    }
    return new Bounds(after, before);
  }

  /// Bounds of the commit of each row.
  static final class Bounds {
    private final long[] after;
    private final long[] before;

    private Bounds(long[] after, long[] before) {
      this.after = after;
      this.before = before;
    }

    /// The row was not there before this time.
    long committedAfter(long seq) {
      return seq < 1 ? 0 : seq > after.length ? NEVER : after[(int) seq - 1];
    }

    /// The row was there at this time.
    long committedBefore(long seq) {
      return seq < 1 ? 0 : seq > before.length ? NEVER : before[(int) seq - 1];
    }
  }
}
