package dev.parley.messages.change;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.messages.database.PostgresDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Table `answer`: the first answers of creating requests, kept for ever, because a client may
/// repeat after any time. A request claims its row before it does anything else; another one with
/// the same key waits there until the first has committed, or takes over if it was undone.
@ApplicationScoped
class PostgresAnswers {
  private static final String CLAIM =
      """
      INSERT INTO answer (user_id, address, key, status, body) VALUES (?, ?, ?, 0, '')
      ON CONFLICT DO NOTHING
      """;

  private static final String KEEP =
      "UPDATE answer SET status = ?, body = ? WHERE user_id = ? AND address = ? AND key = ?";

  private static final String FIND =
      "SELECT status, body FROM answer WHERE user_id = ? AND address = ? AND key = ?";

  private final PostgresDatabase database;
  private final ObjectMapper json;

  PostgresAnswers(PostgresDatabase database, ObjectMapper json) {
    this.database = database;
    this.json = json;
  }

  /// The answer that was given, or null; without a lock.
  <T> @Nullable Answer<T> find(Repetition request, Class<T> type) {
    return database.read(connection -> find(connection, request, type));
  }

  /// Claims the request inside a transaction.
  ///
  /// @return the answer that was given before, or null: this is the first
  <T> @Nullable Answer<T> claim(Repetition request, Class<T> type) {
    return database.within(connection -> {
      try (PreparedStatement insert = connection.prepareStatement(CLAIM)) {
        key(insert, 1, request);
        return insert.executeUpdate() == 1 ? null : find(connection, request, type);
      }
    });
  }

  /// Keeps the answer of a claimed request, in the same transaction.
  void keep(Repetition request, Change<?> change) {
    database.within(connection -> {
      try (PreparedStatement update = connection.prepareStatement(KEEP)) {
        update.setInt(1, change.status());
        update.setBytes(2, write(change.body()));
        key(update, 3, request);
        return update.executeUpdate();
      }
    });
  }

  private <T> @Nullable Answer<T> find(Connection connection, Repetition request, Class<T> type)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      key(select, 1, request);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Answer<>(row.getInt("status"), read(row.getBytes("body"), type), true)
            : null;
      }
    }
  }

  private static void key(PreparedStatement statement, int first, Repetition request)
      throws SQLException {
    statement.setObject(first, request.user());
    statement.setString(first + 1, request.address());
    statement.setString(first + 2, request.key());
  }

  private byte[] write(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T read(byte[] body, Class<T> type) {
    try {
      return json.readValue(body, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
