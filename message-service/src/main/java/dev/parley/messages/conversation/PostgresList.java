package dev.parley.messages.conversation;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import dev.parley.contracts.event.EventEncoder;
import dev.parley.messages.database.PostgresDatabase;
import dev.parley.messages.log.PostgresEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads pages of a user's conversations, each in one statement.
@ApplicationScoped
class PostgresList {
  /// A page ends early when it holds this much: 200 conversations whose last message is a long one
  /// would be 6 MiB.
  private static final int MAX_BYTES = 900 * 1024;

  // Unread messages are looked for in the newest 10,000 events, so that the cost is bounded where
  // somebody's own messages are many and their read position never moves.
  private static final String PAGE =
      """
      WITH page AS MATERIALIZED (
          SELECT c.id, c.kind AS conversation_kind, c.title, c.topic, c.head, c.last_at, m.role,
                 m.read_seq
          FROM member m JOIN conversation c ON c.id = m.conversation
          WHERE m.user_id = ? AND m.role <> 'BANNED' AND (c.last_at, c.id) < (?, ?)
          ORDER BY c.last_at DESC, c.id DESC
          LIMIT ?)
      SELECT p.conversation_kind, p.title, p.topic, p.head, p.last_at, p.role, p.read_seq,
             (SELECT count(*)
              FROM (SELECT FROM event u
                    WHERE u.conversation = p.id AND u.seq > greatest(p.read_seq, p.head - 10000)
                      AND u.kind = 'message' AND u.user_id <> ?
                    LIMIT 100) AS others) AS unread,
             (SELECT o.user_id FROM member o
              WHERE p.conversation_kind = 'DIRECT' AND o.conversation = p.id AND o.user_id <> ?
              LIMIT 1) AS peer,
             e.conversation, e.seq, e.at, e.kind, e.user_id, e.member, e.request, e.reply_to,
             e.detail
      FROM page p JOIN event e ON e.conversation = p.id AND e.seq = p.head
      ORDER BY p.last_at DESC, p.id DESC
      """;

  private final PostgresDatabase database;

  PostgresList(PostgresDatabase database) {
    this.database = database;
  }

  /// The page of `user`'s conversations that follows `after`.
  ///
  /// @param after null for the first page
  ConversationList page(UUID user, @Nullable Cursor after, int limit) {
    Cursor from = after == null ? Cursor.START : after;
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(PAGE)) {
        select.setObject(1, user);
        select.setLong(2, from.lastAt());
        select.setObject(3, from.conversation());
        select.setInt(4, limit + 1);
        select.setObject(5, user);
        select.setObject(6, user);
        try (ResultSet rows = select.executeQuery()) {
          return page(rows, limit);
        }
      }
    });
  }

  private static ConversationList page(ResultSet rows, int limit) throws SQLException {
    List<ConversationList.Entry> entries = new ArrayList<>();
    Cursor last = Cursor.START;
    int bytes = 0;
    while (rows.next()) {
      if (entries.size() == limit || bytes > MAX_BYTES) {
        return new ConversationList(entries, last.text());
      }
      ConversationList.Entry entry = entry(rows);
      entries.add(entry);
      bytes += entry.last().length();
      last = new Cursor(rows.getLong("last_at"), entry.conversation());
    }
    return new ConversationList(entries, null);
  }

  private static ConversationList.Entry entry(ResultSet row) throws SQLException {
    return new ConversationList.Entry(
        row.getObject("conversation", UUID.class),
        ConversationKind.valueOf(row.getString("conversation_kind")).wire(),
        row.getString("title"),
        row.getString("topic"),
        row.getObject("peer", UUID.class),
        row.getLong("head"),
        Role.valueOf(row.getString("role")).wire(),
        row.getLong("read_seq"),
        row.getInt("unread"),
        EventEncoder.encode(PostgresEvents.read(row)));
  }
}
