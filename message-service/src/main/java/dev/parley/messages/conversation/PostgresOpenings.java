package dev.parley.messages.conversation;

import dev.parley.contracts.Role;
import dev.parley.messages.database.PostgresDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.UUID;

/// The first rows of a conversation: its own and its members', in two statements however many they
/// are. Used inside a transaction.
@ApplicationScoped
class PostgresOpenings {
  // A direct conversation may be there already, or be made at this moment: then the statement
  // waits for that transaction to end.
  private static final String CONVERSATION =
      """
      INSERT INTO conversation (id, kind, title, topic, join_role, last_at, member_count, created_by,
                                created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING
      """;

  // Event 1 is that of the conversation; those of the members follow in their order.
  private static final String MEMBERS =
      """
      INSERT INTO member (conversation, user_id, role, joined_at, joined_seq)
      SELECT ?, m.user_id, m.role, ?, m.place + 1
      FROM unnest(?::uuid[], ?::text[]) WITH ORDINALITY AS m (user_id, role, place)
      """;

  private static final String EXISTS = "SELECT FROM conversation WHERE id = ?";

  private final PostgresDatabase database;

  PostgresOpenings(PostgresDatabase database) {
    this.database = database;
  }

  /// Somebody who is in a conversation from the start.
  record First(UUID user, Role role) {}

  /// Whether there is such a conversation, asked outside of any transaction.
  boolean exists(UUID id) {
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(EXISTS)) {
        select.setObject(1, id);
        try (ResultSet row = select.executeQuery()) {
          return row.next();
        }
      }
    });
  }

  /// Inserts the rows.
  ///
  /// @param at epoch milliseconds
  /// @return false if there is such a conversation already; nothing is inserted then
  boolean insert(
      UUID id, NewConversation conversation, UUID creator, List<First> members, long at) {
    return database.within(connection -> {
      try (PreparedStatement insert = connection.prepareStatement(CONVERSATION)) {
        insert.setObject(1, id);
        insert.setString(2, conversation.kind().name());
        insert.setString(3, conversation.title());
        insert.setString(4, conversation.topic());
        insert.setString(5, conversation.joinRole().name());
        insert.setLong(6, at);
        insert.setInt(7, members.size());
        insert.setObject(8, creator);
        insert.setLong(9, at);
        if (insert.executeUpdate() == 0) {
          return false;
        }
      }
      try (PreparedStatement insert = connection.prepareStatement(MEMBERS)) {
        insert.setObject(1, id);
        insert.setLong(2, at);
        insert.setArray(
            3, connection.createArrayOf("uuid", members.stream().map(First::user).toArray()));
        insert.setArray(
            4,
            connection.createArrayOf(
                "text", members.stream().map(first -> first.role().name()).toArray()));
        insert.executeUpdate();
      }
      return true;
    });
  }
}
