package dev.parley.messages.log;

import dev.parley.contracts.event.LoggedEvent;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Appends what comes in over REST. Called inside a JTA transaction, whose connection it uses; the
/// caller has locked the conversation's row and, after the commit, gives the events to the outbox
/// of package `fanout`.
///
/// Heads are moved here, by SQL: an entity of table `conversation` must not write `head` and
/// `last_at`, and must be flushed before its first event.
@Singleton
public class PostgresLog {
  private static final String NUMBERS =
      """
      UPDATE conversation SET head = head + ?, last_at = greatest(last_at, ?) WHERE id = ?
      RETURNING head, last_at
      """;

  private static final String OUTBOX =
      "INSERT INTO outbox (conversation, seq) SELECT ?, generate_series(?::bigint, ?::bigint)";

  private final DataSource dataSource;
  private final Clock clock;

  PostgresLog(DataSource dataSource, Clock clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /// Gives `events` the next numbers of `conversation` and stores them with their outbox rows, in
  /// three statements however many they are.
  ///
  /// @return the events as they stand in the log, to be distributed after the commit
  /// @throws IllegalStateException if there is no such conversation
  /// @throws LogFailure if the database fails; permanent if a request id is taken
  public List<LoggedEvent> append(UUID conversation, List<NewEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    try (Connection connection = dataSource.getConnection()) {
      List<LoggedEvent> logged = number(connection, conversation, events);
      PostgresEvents.insert(
          connection, logged.stream().map(event -> new EventRow(event, null)).toList());
      try (PreparedStatement insert = connection.prepareStatement(OUTBOX)) {
        insert.setObject(1, conversation);
        insert.setLong(2, logged.getFirst().seq());
        insert.setLong(3, logged.getLast().seq());
        insert.executeUpdate();
      }
      return logged;
    } catch (SQLException e) {
      throw new LogFailure("appending to a log", e);
    }
  }

  /// The event that already has this message or request id in the conversation, or null. Read it
  /// under the conversation's lock to be sure that none comes in between.
  ///
  /// @throws LogFailure if the database fails
  public @Nullable LoggedEvent byRequest(UUID conversation, UUID request) {
    try (Connection connection = dataSource.getConnection()) {
      return PostgresEvents.byRequest(connection, conversation, request);
    } catch (SQLException e) {
      throw new LogFailure("looking up a request id", e);
    }
  }

  private List<LoggedEvent> number(Connection connection, UUID conversation, List<NewEvent> events)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(NUMBERS)) {
      update.setInt(1, events.size());
      update.setLong(2, clock.millis());
      update.setObject(3, conversation);
      try (ResultSet row = update.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("no conversation " + conversation + " to append to");
        }
        long seq = row.getLong("head") - events.size();
        long at = row.getLong("last_at");
        List<LoggedEvent> logged = new ArrayList<>(events.size());
        for (NewEvent event : events) {
          logged.add(event.at(conversation, ++seq, at));
        }
        return logged;
      }
    }
  }
}
