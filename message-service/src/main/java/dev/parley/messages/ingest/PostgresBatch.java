package dev.parley.messages.ingest;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import dev.parley.contracts.command.Command;
import dev.parley.messages.ingest.LogState.Head;
import dev.parley.messages.ingest.LogState.Known;
import dev.parley.messages.ingest.LogState.MemberKey;
import dev.parley.messages.ingest.LogState.RequestKey;
import dev.parley.messages.log.EventRow;
import dev.parley.messages.log.PostgresEvents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// The statements of one batch's transaction. Each is set-based: a batch of a thousand commands
/// takes as many as one of ten, six at most. What is read after the locks is read by statements of
/// its own, because a statement sees the state from before it waited.
final class PostgresBatch {
  private static final String ADVANCE =
      """
      UPDATE progress p SET next_offset = m.next, applied_at = greatest(p.applied_at, m.appended),
        delivered_offset = greatest(p.delivered_offset, m.delivered)
      FROM unnest(?::integer[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
        AS m (source, epoch, first, next, delivered, appended)
      WHERE p.source = m.source AND p.epoch = m.epoch AND p.next_offset = m.first
      RETURNING p.source
      """;

  private static final String LOCK =
      """
      SELECT id, kind, head, last_at FROM conversation WHERE id = ANY (?)
      ORDER BY id FOR NO KEY UPDATE
      """;

  // LATERAL with LIMIT: one look-up by index for each id, whatever the planner believes of sizes.
  private static final String KNOWN =
      """
      SELECT k.conversation, k.request, e.seq, e.at, e.kind, e.user_id
      FROM unnest(?::uuid[], ?::uuid[]) AS k (conversation, request)
      CROSS JOIN LATERAL (
        SELECT seq, at, kind, user_id FROM event
        WHERE event.conversation = k.conversation AND event.request = k.request LIMIT 1) AS e
      """;

  private static final String ROLES =
      """
      SELECT k.conversation, k.user_id, m.role
      FROM unnest(?::uuid[], ?::uuid[]) AS k (conversation, user_id)
      CROSS JOIN LATERAL (
        SELECT role FROM member
        WHERE member.conversation = k.conversation AND member.user_id = k.user_id LIMIT 1) AS m
      """;

  private static final String HEADS =
      """
      UPDATE conversation c SET head = h.head, last_at = h.at
      FROM unnest(?::uuid[], ?::bigint[], ?::bigint[]) AS h (id, head, at) WHERE c.id = h.id
      """;

  private final Connection connection;
  private final Runnable counted;

  /// @param counted called for each statement
  PostgresBatch(Connection connection, Runnable counted) {
    this.connection = connection;
    this.counted = counted;
  }

  /// How one partition's progress moves.
  ///
  /// @param first offset at which it must stand, else the partition is not ours as we know it
  /// @param appended when Kafka appended the youngest of the commands, 0 if that is not known
  record Move(int source, long epoch, long first, long next, long delivered, long appended) {
    /// This one and then `later`, of the same partition.
    Move then(Move later) {
      return new Move(
          source, epoch, first, later.next, later.delivered, Math.max(appended, later.appended));
    }
  }

  /// Moves the progress of each partition.
  ///
  /// @return the sources that did not move
  Set<Integer> advance(Collection<Move> moves) throws SQLException {
    Set<Integer> left = new HashSet<>();
    moves.forEach(move -> left.add(move.source()));
    try (PreparedStatement update = prepare(ADVANCE)) {
      set(update, 1, "int4", moves, Move::source);
      set(update, 2, "int8", moves, Move::epoch);
      set(update, 3, "int8", moves, Move::first);
      set(update, 4, "int8", moves, Move::next);
      set(update, 5, "int8", moves, Move::delivered);
      set(update, 6, "int8", moves, Move::appended);
      try (ResultSet rows = update.executeQuery()) {
        while (rows.next()) {
          left.remove(rows.getInt(1));
        }
      }
    }
    return left;
  }

  /// Locks the conversations of `commands` and reads what deciding them needs.
  LogState read(List<Command> commands) throws SQLException {
    Set<UUID> conversations = new HashSet<>();
    Set<RequestKey> requests = new HashSet<>();
    Set<MemberKey> members = new HashSet<>();
    for (Command command : commands) {
      conversations.add(command.conversation());
      requests.add(new RequestKey(command.conversation(), command.request()));
      members.add(new MemberKey(command.conversation(), command.user()));
      switch (command) {
        case Command.Send send -> {
          if (send.replyTo() != null) {
            requests.add(new RequestKey(send.conversation(), send.replyTo()));
          }
        }
      }
    }
    Map<UUID, Head> heads = lock(conversations);
    return new LogState(heads, known(requests), roles(members));
  }

  /// Stores new events and the heads that they lead to.
  void append(List<EventRow> events) throws SQLException {
    counted.run();
    PostgresEvents.insert(connection, events);
    Map<UUID, EventRow> last = new LinkedHashMap<>();
    events.forEach(row -> last.put(row.event().conversation(), row));
    try (PreparedStatement update = prepare(HEADS)) {
      set(update, 1, "uuid", last.values(), row -> row.event().conversation());
      set(update, 2, "int8", last.values(), row -> row.event().seq());
      set(update, 3, "int8", last.values(), row -> row.event().at());
      update.executeUpdate();
    }
  }

  private Map<UUID, Head> lock(Set<UUID> conversations) throws SQLException {
    Map<UUID, Head> heads = new HashMap<>();
    try (PreparedStatement select = prepare(LOCK)) {
      set(select, 1, "uuid", conversations, id -> id);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          heads.put(
              rows.getObject("id", UUID.class),
              new Head(
                  ConversationKind.valueOf(rows.getString("kind")),
                  rows.getLong("head"),
                  rows.getLong("last_at")));
        }
      }
    }
    return heads;
  }

  /// The events that have one of these ids.
  Map<RequestKey, Known> known(Set<RequestKey> requests) throws SQLException {
    Map<RequestKey, Known> known = new HashMap<>();
    try (PreparedStatement select = prepare(KNOWN)) {
      set(select, 1, "uuid", requests, RequestKey::conversation);
      set(select, 2, "uuid", requests, RequestKey::request);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          known.put(
              new RequestKey(
                  rows.getObject("conversation", UUID.class),
                  rows.getObject("request", UUID.class)),
              new Known(
                  rows.getLong("seq"),
                  rows.getLong("at"),
                  rows.getString("kind"),
                  rows.getObject("user_id", UUID.class)));
        }
      }
    }
    return known;
  }

  private Map<MemberKey, Role> roles(Set<MemberKey> members) throws SQLException {
    Map<MemberKey, Role> roles = new HashMap<>();
    try (PreparedStatement select = prepare(ROLES)) {
      set(select, 1, "uuid", members, MemberKey::conversation);
      set(select, 2, "uuid", members, MemberKey::user);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          roles.put(
              new MemberKey(
                  rows.getObject("conversation", UUID.class),
                  rows.getObject("user_id", UUID.class)),
              Role.valueOf(rows.getString("role")));
        }
      }
    }
    return roles;
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    counted.run();
    return connection.prepareStatement(sql);
  }

  private <T> void set(
      PreparedStatement statement,
      int parameter,
      String type,
      Collection<T> rows,
      Function<T, Object> column)
      throws SQLException {
    Object[] values = rows.stream().map(column).toArray();
    statement.setArray(parameter, connection.createArrayOf(type, values));
  }
}
