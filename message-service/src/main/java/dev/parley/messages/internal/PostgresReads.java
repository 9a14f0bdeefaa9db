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
/// connection, however many sessions, conversations or people it is about.
@ApplicationScoped
class PostgresReads {
  private static final String MEMBERSHIPS =
      """
      SELECT asked.place, found.id, found.joined_seq
      FROM unnest(?::uuid[]) WITH ORDINALITY AS asked(user_id, place)
      CROSS JOIN LATERAL (
          SELECT c.id, c.last_at, m.joined_seq
          FROM member m JOIN conversation c ON c.id = m.conversation
          WHERE m.user_id = asked.user_id AND m.role <> 'BANNED'
          ORDER BY c.last_at DESC, c.id DESC LIMIT ?) AS found
      ORDER BY asked.place, found.last_at DESC, found.id DESC
      """;

  private static final String HEADS =
      """
      SELECT asked.place, c.id, c.kind, c.head, m.role
      FROM unnest(?::int[], ?::uuid[], ?::uuid[]) AS asked(place, reader, conversation)
      JOIN conversation c ON c.id = asked.conversation
      LEFT JOIN member m ON m.conversation = asked.conversation AND m.user_id = asked.reader
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
  private final ReadStatements statements;

  PostgresReads(PostgresDatabase database, ReadStatements statements) {
    this.database = database;
    this.statements = statements;
  }

  /// What somebody wants the heads of.
  record Reader(UUID user, List<UUID> conversations) {}

  /// The conversations that each of `users` is in, most recently active first, at most `limit`
  /// each.
  List<Memberships> memberships(List<UUID> users, int limit) {
    statements.executed("memberships");
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(MEMBERSHIPS)) {
        select.setArray(1, connection.createArrayOf("uuid", users.toArray()));
        select.setInt(2, limit + 1);
        List<List<Memberships.Membership>> found =
            PostgresReads.<Memberships.Membership>lists(users.size());
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            found
                .get(row.getInt("place") - 1)
                .add(
                    new Memberships.Membership(
                        row.getObject("id", UUID.class), row.getLong("joined_seq")));
          }
        }
        return found.stream().map(all -> Memberships.of(all, limit)).toList();
      }
    });
  }

  /// The heads of those conversations that each of `readers` may read now.
  List<List<Heads.Head>> heads(List<Reader> readers) {
    List<Integer> places = new ArrayList<>();
    List<UUID> users = new ArrayList<>();
    List<UUID> conversations = new ArrayList<>();
    for (int place = 0; place < readers.size(); place++) {
      for (UUID conversation : readers.get(place).conversations()) {
        places.add(place);
        users.add(readers.get(place).user());
        conversations.add(conversation);
      }
    }
    statements.executed("heads");
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(HEADS)) {
        select.setArray(1, connection.createArrayOf("int4", places.toArray()));
        select.setArray(2, connection.createArrayOf("uuid", users.toArray()));
        select.setArray(3, connection.createArrayOf("uuid", conversations.toArray()));
        List<List<Heads.Head>> heads = PostgresReads.<Heads.Head>lists(readers.size());
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            if (mayRead(row)) {
              heads
                  .get(row.getInt("place"))
                  .add(new Heads.Head(row.getObject("id", UUID.class), row.getLong("head")));
            }
          }
        }
        return heads;
      }
    });
  }

  private static <T> List<List<T>> lists(int count) {
    List<List<T>> lists = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  /// The heads of `conversations`, whoever may read them.
  List<Heads.Head> tails(List<UUID> conversations) {
    statements.executed("tails");
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
    statements.executed("relations");
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
