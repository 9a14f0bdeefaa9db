package dev.parley.chaos.run;

import dev.parley.chaos.check.Logged;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the messages' database says at the end.
final class Database implements AutoCloseable {
  private final Connection connection;

  Database(String url) throws SQLException {
    connection = DriverManager.getConnection(url);
  }

  /// Every event.
  List<Logged> log() throws SQLException {
    List<Logged> rows = new ArrayList<>();
    connection.setAutoCommit(false);
    try (var query =
        connection.prepareStatement(
            "SELECT conversation, seq, at, kind, user_id, member, request, detail FROM event")) {
      query.setFetchSize(1_000);
      ResultSet row = query.executeQuery();
      while (row.next()) {
        rows.add(
            Logged.row(
                id(row, "conversation"),
                row.getLong("seq"),
                row.getLong("at"),
                row.getString("kind"),
                id(row, "user_id"),
                optionalId(row, "member"),
                optionalId(row, "request"),
                row.getBytes("detail")));
      }
    }
    connection.setAutoCommit(true);
    return rows;
  }

  /// Who is in which conversation.
  Map<UUID, List<UUID>> members() throws SQLException {
    Map<UUID, List<UUID>> members = new HashMap<>();
    try (var query =
        connection.prepareStatement(
            "SELECT conversation, user_id FROM member WHERE role <> 'BANNED'")) {
      ResultSet row = query.executeQuery();
      while (row.next()) {
        members
            .computeIfAbsent(id(row, "conversation"), none -> new ArrayList<>())
            .add(id(row, "user_id"));
      }
    }
    return members;
  }

  /// How far each log has come.
  Map<UUID, Long> heads() throws SQLException {
    Map<UUID, Long> heads = new HashMap<>();
    try (var query = connection.prepareStatement("SELECT id, head FROM conversation")) {
      ResultSet row = query.executeQuery();
      while (row.next()) {
        heads.put(id(row, "id"), row.getLong("head"));
      }
    }
    return heads;
  }

  /// Events that came in over REST and were not yet seen to reach Kafka.
  long outbox() throws SQLException {
    return number("SELECT count(*) FROM outbox");
  }

  /// Commands that were applied and whose events were not yet seen to reach Kafka.
  long undelivered() throws SQLException {
    return number("SELECT coalesce(sum(next_offset - delivered_offset), 0) FROM progress");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private long number(String sql) throws SQLException {
    try (var query = connection.prepareStatement(sql)) {
      ResultSet row = query.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  private static UUID id(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  private static @Nullable UUID optionalId(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }
}
