package dev.parley.chaos.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The logs of all conversations. Making it holds them to GAPLESS and NO_DUPLICATE.
final class LogBook {
  private static final int MOST_HOLES = 100_000;

  private final Map<UUID, ConversationLog> conversations = new LinkedHashMap<>();
  private final Map<UUID, List<ConversationLog>> memberOf = new HashMap<>();
  private final Findings findings;

  LogBook(List<Logged> log, Findings findings) {
    this.findings = findings;
    Map<UUID, List<Logged>> grouped = new LinkedHashMap<>();
    for (Logged row : log) {
      grouped.computeIfAbsent(row.conversation(), id -> new ArrayList<>()).add(row);
    }
    grouped.forEach((id, rows) -> conversations.put(id, conversation(id, rows)));
    for (ConversationLog conversation : conversations.values()) {
      for (UUID user : conversation.memberships().members()) {
        memberOf.computeIfAbsent(user, id -> new ArrayList<>()).add(conversation);
      }
    }
  }

  Collection<ConversationLog> all() {
    return List.copyOf(conversations.values());
  }

  /// The log of a conversation; empty if the database does not know it.
  ConversationLog of(UUID conversation) {
    return conversations.computeIfAbsent(
        conversation, id -> new ConversationLog(id, new Logged[0]));
  }

  /// The conversations of which the user is a member at the end.
  List<ConversationLog> memberOf(UUID user) {
    return memberOf.getOrDefault(user, List.of());
  }

  private ConversationLog conversation(UUID id, List<Logged> rows) {
    long head = rows.stream().mapToLong(Logged::seq).max().orElse(0);
    Logged[] dense = new Logged[(int) Math.min(head, rows.size() + MOST_HOLES)];
    Map<UUID, Logged> ids = new HashMap<>();
    for (Logged row : rows) {
      if (row.seq() < 1 || row.seq() > dense.length) {
        gapless(id, row.seq(), "number " + row.seq() + " with " + rows.size() + " rows");
      } else if (dense[(int) row.seq() - 1] != null) {
        findings.add(
            Suspicion.ofLog(Invariant.NO_DUPLICATE, row, "two rows of the log have this number"));
      } else {
        dense[(int) row.seq() - 1] = row;
      }
      Logged first = row.id() == null ? null : ids.putIfAbsent(row.id(), row);
      if (first != null && first.seq() != row.seq()) {
        findings.add(
            Suspicion.ofLog(
                Invariant.NO_DUPLICATE,
                row,
                "id " + row.id() + " is in the log as " + first.seq() + " and as " + row.seq()));
      }
    }
    holes(id, dense);
    return new ConversationLog(id, dense);
  }

  private void holes(UUID id, Logged[] dense) {
    for (int i = 0; i < dense.length; i++) {
      if (dense[i] == null) {
        int from = i + 1;
        while (dense[i] == null) {
          i++;
        }
        gapless(id, from, "the log has no " + (from == i ? from : from + " to " + i));
      }
    }
  }

  private void gapless(UUID id, long seq, String statement) {
    findings.add(new Suspicion(Invariant.GAPLESS, statement, id, seq, -1, List.of()));
  }
}
