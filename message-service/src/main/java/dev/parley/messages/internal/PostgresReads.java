package dev.parley.messages.internal;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import dev.parley.messages.database.PostgresDatabase;
import dev.parley.messages.permission.Permissions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The reads that gateways do when many clients connect at once: each is one statement on one
/// connection, however many conversations or people it is about.
@ApplicationScoped
class PostgresReads {
  private static final String MEMBERSHIPS =
      """
      SELECT c.id FROM member m JOIN conversation c ON c.id = m.conversation
      WHERE m.user_id = ? AND m.role <> 'BANNED'
      ORDER BY c.last_at DESC, c.id DESC LIMIT ?
      """;

  private static final String HEADS =
      """
      SELECT c.id, c.kind, c.head, m.role
      FROM conversation c LEFT JOIN member m ON m.conversation = c.id AND m.user_id = ?
      WHERE c.id = ANY (?)
      """;

  private static final String TAILS = "SELECT id, head FROM conversation WHERE id = ANY (?)";

  // EXISTS stands alone, so that the planner can make a join of it whose size it chooses.
  private static final String RELATIONS =
      """
      SELECT other FROM unnest(?::uuid[]) AS other
      WHERE EXISTS (
          SELECT FROM member mine
          JOIN conversation c ON c.id = mine.conversation AND c.kind <> 'CHANNEL'
          JOIN member theirs ON theirs.conversation = mine.conversation
          WHERE mine.user_id = ? AND mine.role <> 'BANNED'
            AND theirs.user_id = other AND theirs.role <> 'BANNED')
      """;

  private final PostgresDatabase database;

  PostgresReads(PostgresDatabase database) {
    this.database = database;
  }

  /// The conversations that `user` is in, most recently active first.
  List<UUID> memberships(UUID user, int limit) {
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(MEMBERSHIPS)) {
        select.setObject(1, user);
        select.setInt(2, limit);
        return ids(select);
      }
    });
  }

  /// The heads of those conversations that `user` may read now.
  List<Heads.Head> heads(UUID user, List<UUID> conversations) {
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(HEADS)) {
        select.setObject(1, user);
        select.setArray(2, connection.createArrayOf("uuid", conversations.toArray()));
        List<Heads.Head> heads = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            if (mayRead(row)) {
              heads.add(new Heads.Head(row.getObject("id", UUID.class), row.getLong("head")));
            }
          }
        }
        return heads;
      }
    });
  }

  /// The heads of `conversations`, whoever may read them.
  List<Heads.Head> tails(List<UUID> conversations) {
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(TAILS)) {
        select.setArray(1, connection.createArrayOf("uuid", conversations.toArray()));
        List<Heads.Head> heads = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            heads.add(new Heads.Head(row.getObject("id", UUID.class), row.getLong("head")));
          }
        }
        return heads;
      }
    });
  }

  /// Those of `others` who share a group or direct conversation with `user`; and `user`, since
  /// one's own presence is one's own to see.
  List<UUID> relations(UUID user, List<UUID> others) {
    return database.read(connection -> relations(connection, user, others));
  }

  private static List<UUID> relations(Connection connection, UUID user, List<UUID> others)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RELATIONS)) {
      select.setArray(1, connection.createArrayOf("uuid", others.toArray()));
      select.setObject(2, user);
      List<UUID> related = ids(select);
      if (others.contains(user) && !related.contains(user)) {
        related.add(user);
      }
      return related;
    }
  }

  private static boolean mayRead(ResultSet row) throws SQLException {
    String role = row.getString("role");
    return Permissions.mayRead(
        ConversationKind.valueOf(row.getString("kind")), role == null ? null : Role.valueOf(role));
  }

  private static List<UUID> ids(PreparedStatement select) throws SQLException {
    List<UUID> ids = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ids.add(row.getObject(1, UUID.class));
      }
    }
    return ids;
  }
}
