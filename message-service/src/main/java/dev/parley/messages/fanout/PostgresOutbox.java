package dev.parley.messages.fanout;

import dev.parley.contracts.event.LoggedEvent;
import dev.parley.messages.log.PostgresEvents;
import dev.parley.messages.log.PostgresTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// Table `outbox`: events that came in over REST and may not have reached Kafka.
final class PostgresOutbox {
  private static final String DELETE =
      """
      DELETE FROM outbox o USING unnest(?::uuid[], ?::bigint[]) AS d (conversation, seq)
      WHERE o.conversation = d.conversation AND o.seq = d.seq
      """;

  private static final String TAKE =
      """
      WITH taken AS (
        DELETE FROM outbox WHERE (conversation, seq) IN (
          SELECT conversation, seq FROM outbox
          WHERE created_at < clock_timestamp() - ? * interval '1 millisecond'
          ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED)
        RETURNING conversation, seq)
      SELECT %s FROM event JOIN taken USING (conversation, seq) ORDER BY conversation, seq
      """
          .formatted(PostgresEvents.COLUMNS);

  private final DataSource dataSource;

  PostgresOutbox(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// Removes the rows of `events`, which have reached Kafka.
  void delete(List<LoggedEvent> events) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      UUID[] conversations = events.stream().map(LoggedEvent::conversation).toArray(UUID[]::new);
      Long[] numbers = events.stream().map(LoggedEvent::seq).toArray(Long[]::new);
      delete.setArray(1, connection.createArrayOf("uuid", conversations));
      delete.setArray(2, connection.createArrayOf("int8", numbers));
      delete.executeUpdate();
    }
  }

  /// Hands events whose rows are older than `age` to `distribution`, and removes the rows if it
  /// says that they have reached Kafka. Until then the rows are locked; other instances pass over.
  ///
  /// @return how many events there were
  /// @throws IllegalStateException if they have not; the rows stay
  int take(Duration age, int limit, Attempt distribution)
      throws SQLException, InterruptedException {
    return PostgresTransaction.<Integer, InterruptedException>run(
        dataSource,
        connection -> {
          try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setLong(1, age.toMillis());
            take.setInt(2, limit);
            List<LoggedEvent> events = PostgresEvents.readAll(take);
            if (!events.isEmpty() && !distribution.reachesKafka(events)) {
              throw new IllegalStateException("Kafka did not take the events");
            }
            return events.size();
          }
        });
  }

  /// Tries to distribute events and waits for the acknowledgements.
  @FunctionalInterface
  interface Attempt {
    boolean reachesKafka(List<LoggedEvent> events) throws InterruptedException;
  }
}
