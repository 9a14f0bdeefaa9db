package dev.parley.messages.probe;

import dev.parley.contracts.Role;
import dev.parley.contracts.event.EventEncoder;
import dev.parley.contracts.json.JsonText;
import dev.parley.messages.log.PostgresEvents;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// The database as tests fill and read it.
public final class Rows {
  private final DataSource dataSource;

  public Rows(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// A new group with an empty log and one member.
  public UUID group(UUID user, Role role) throws SQLException {
    UUID conversation = UUID.randomUUID();
    run(
        "INSERT INTO conversation (id, kind, last_at, created_by, created_at, member_count)"
            + " VALUES (?, 'GROUP', 0, ?, 0, 1)",
        conversation,
        user);
    member(conversation, user, role);
    return conversation;
  }

  /// As many new groups, each with an empty log and the one member.
  public List<UUID> groups(UUID user, Role role, int count) throws SQLException {
    UUID[] ids = Stream.generate(UUID::randomUUID).limit(count).toArray(UUID[]::new);
    run(
        "INSERT INTO conversation (id, kind, last_at, created_by, created_at, member_count)"
            + " SELECT id, 'GROUP', 0, ?, 0, 1 FROM unnest(?::uuid[]) AS id",
        user,
        ids);
    run(
        "INSERT INTO member (conversation, user_id, role, joined_at)"
            + " SELECT id, ?, ?, 0 FROM unnest(?::uuid[]) AS id",
        user,
        role.name(),
        ids);
    return List.of(ids);
  }

  public void member(UUID conversation, UUID user, Role role) throws SQLException {
    run(
        "INSERT INTO member (conversation, user_id, role, joined_at) VALUES (?, ?, ?, 0)",
        conversation,
        user,
        role.name());
  }

  /// The log as clients see it, in order.
  public List<JsonText> log(UUID conversation) throws SQLException {
    try (var connection = dataSource.getConnection();
        var select =
            connection.prepareStatement(
                "SELECT "
                    + PostgresEvents.COLUMNS
                    + " FROM event WHERE conversation = ? ORDER BY seq")) {
      select.setObject(1, conversation);
      return PostgresEvents.readAll(select).stream().map(EventEncoder::encode).toList();
    }
  }

  public long number(String sql, Object... parameters) throws SQLException {
    try (var connection = dataSource.getConnection();
        var select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      try (var rows = select.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  public void run(String sql, Object... parameters) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }
}
