package dev.parley.messages.conversation;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import dev.parley.messages.database.PostgresDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads how users stand to conversations, in one statement.
@ApplicationScoped
class PostgresStandings {
  private static final String STANDING =
      """
      SELECT c.kind, c.head, m.role
      FROM conversation c LEFT JOIN member m ON m.conversation = c.id AND m.user_id = ?
      WHERE c.id = ?
      """;

  private final PostgresDatabase database;

  PostgresStandings(PostgresDatabase database) {
    this.database = database;
  }

  /// How `user` stands to `conversation`, or null if there is no such conversation.
  Access.@Nullable Standing find(UUID user, UUID conversation) {
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(STANDING)) {
        select.setObject(1, user);
        select.setObject(2, conversation);
        try (ResultSet row = select.executeQuery()) {
          return row.next() ? standing(row.getString(1), row.getLong(2), row.getString(3)) : null;
        }
      }
    });
  }

  private static Access.Standing standing(String kind, long head, @Nullable String role) {
    return new Access.Standing(
        ConversationKind.valueOf(kind), role == null ? null : Role.valueOf(role), head);
  }
}
