package dev.parley.gateway.protocol;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The replies that one session is owed by services behind the gateway. All wait equally long, so
/// the oldest is always the first to be overdue. Confined to the loop; the session reads no further
/// commands while there are too many, which bounds it.
final class OwedReplies {
  /// One reply.
  ///
  /// @param id the client's number for the command
  /// @param type of the command
  /// @param trace what the reply names besides, null for nothing
  record Owed(long id, String type, long deadlineNanos, @Nullable String trace) {}

  private final Map<Long, Owed> byTicket = new LinkedHashMap<>(2);
  private long tickets;

  /// A ticket for a command to which no reply is owed.
  long ticket() {
    return ++tickets;
  }

  /// A ticket for a command whose reply is owed until `deadlineNanos`.
  long owe(long id, String type, long deadlineNanos, @Nullable String trace) {
    long ticket = ticket();
    byTicket.put(ticket, new Owed(id, type, deadlineNanos, trace));
    return ticket;
  }

  /// Takes the reply owed for `ticket`; empty if none is owed any more.
  OptionalLong take(long ticket) {
    Owed owed = byTicket.remove(ticket);
    return owed == null ? OptionalLong.empty() : OptionalLong.of(owed.id());
  }

  /// The trace that the reply owed for `ticket` names, null if it names none.
  @Nullable String trace(long ticket) {
    Owed owed = byTicket.get(ticket);
    return owed == null ? null : owed.trace();
  }

  /// Takes those that are overdue.
  List<Owed> overdue(long nowNanos) {
    List<Owed> overdue = new ArrayList<>(0);
    Iterator<Owed> oldest = byTicket.values().iterator();
    while (oldest.hasNext()) {
      Owed owed = oldest.next();
      if (nowNanos - owed.deadlineNanos() < 0) {
        break;
      }
      overdue.add(owed);
      oldest.remove();
    }
    return overdue;
  }

  int size() {
    return byTicket.size();
  }

  void clear() {
    byTicket.clear();
  }
}
