package dev.parley.messages.membership;

import dev.parley.contracts.Role;
import dev.parley.contracts.Timestamps;
import dev.parley.messages.database.PostgresDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads pages of a conversation's members in the order of its key.
@ApplicationScoped
class PostgresMembers {
  private static final String PAGE =
      """
      SELECT user_id, role, read_seq, joined_at FROM member
      WHERE conversation = ? AND user_id > ? AND (role = 'BANNED') = ?
      ORDER BY user_id LIMIT ?
      """;

  private static final String KNOWN = "SELECT FROM member WHERE conversation = ? AND user_id = ?";

  private static final UUID FIRST = new UUID(0, 0);

  private final PostgresDatabase database;

  PostgresMembers(PostgresDatabase database) {
    this.database = database;
  }

  /// The members, or those who are `banned`, after the one given.
  ///
  /// @param after null: from the beginning
  MemberList page(UUID conversation, @Nullable UUID after, int limit, boolean banned) {
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(PAGE)) {
        select.setObject(1, conversation);
        select.setObject(2, after == null ? FIRST : after);
        select.setBoolean(3, banned);
        select.setInt(4, limit + 1);
        List<MemberList.Entry> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            entries.add(
                new MemberList.Entry(
                    row.getObject("user_id", UUID.class),
                    Role.valueOf(row.getString("role")).wire(),
                    row.getLong("read_seq"),
                    Timestamps.text(row.getLong("joined_at"))));
          }
        }
        if (entries.size() <= limit) {
          return new MemberList(entries, null);
        }
        List<MemberList.Entry> page = List.copyOf(entries.subList(0, limit));
        return new MemberList(page, page.getLast().user());
      }
    });
  }

  /// Whether `user` is in the conversation or banned from it.
  boolean known(UUID conversation, UUID user) {
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
        select.setObject(1, conversation);
        select.setObject(2, user);
        try (ResultSet row = select.executeQuery()) {
          return row.next();
        }
      }
    });
  }
}
