package dev.parley.messages.ingest;

import dev.parley.contracts.event.LoggedEvent;
import dev.parley.messages.ingest.LogState.Known;
import dev.parley.messages.ingest.LogState.RequestKey;
import dev.parley.messages.log.LogFailure;
import dev.parley.messages.log.PostgresEvents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/// Table `progress` outside of batches: taking partitions over, and what was delivered. Every
/// method is one statement and throws [LogFailure] if the database fails.
final class PostgresProgress {
  private static final String TAKE =
      """
      INSERT INTO progress (topic_id, partition, next_offset, delivered_offset)
      SELECT ?, t.partition, t.start, t.start FROM unnest(?::integer[], ?::bigint[]) AS t (partition, start)
      ORDER BY t.partition
      ON CONFLICT (topic_id, partition) DO UPDATE SET epoch = progress.epoch + 1
      RETURNING partition, source, epoch, next_offset, delivered_offset, applied_at
      """;

  private static final String EARLIER =
      """
      UPDATE progress SET epoch = epoch + 1 WHERE topic_id <> ? AND partition = ANY (?)
      RETURNING partition, source, epoch, next_offset, delivered_offset, applied_at
      """;

  private static final String SETTLE =
      """
      UPDATE progress p SET delivered_offset = greatest(p.delivered_offset, d.delivered)
      FROM unnest(?::integer[], ?::bigint[], ?::bigint[]) AS d (source, epoch, delivered)
      WHERE p.source = d.source AND p.epoch = d.epoch
      """;

  private static final String MOVE =
      """
      UPDATE progress SET next_offset = ?, delivered_offset = ?
      WHERE source = ? AND epoch = ?
      """;

  private static final String UNDELIVERED =
      """
      SELECT %s, command_offset FROM event
      WHERE command_source = ? AND command_offset >= ? AND command_offset < ?
      ORDER BY command_offset FETCH FIRST (?) ROWS WITH TIES
      """
          .formatted(PostgresEvents.COLUMNS);

  private final DataSource dataSource;

  PostgresProgress(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// An event and the offset of its command.
  record Undelivered(LoggedEvent event, long offset) {}

  /// Makes this instance the owner of partitions: from here on no earlier owner can commit.
  ///
  /// @param starts the partitions, each with the offset to start at if it was never read
  List<Holding> take(UUID topic, Map<Integer, Long> starts) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setObject(1, topic);
      Integer[] partitions = starts.keySet().toArray(Integer[]::new);
      take.setArray(2, connection.createArrayOf("int4", partitions));
      take.setArray(3, connection.createArrayOf("int8", starts.values().toArray(Long[]::new)));
      return read(take);
    } catch (SQLException e) {
      throw new LogFailure("taking partitions over", e);
    }
  }

  /// What became of partitions of these numbers in topics of the same name that are no more. Their
  /// owners cannot commit from here on either.
  List<Holding> earlier(UUID topic, Set<Integer> partitions) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(EARLIER)) {
      select.setObject(1, topic);
      select.setArray(2, connection.createArrayOf("int4", partitions.toArray(Integer[]::new)));
      return read(select);
    } catch (SQLException e) {
      throw new LogFailure("reading the progress of former topics", e);
    }
  }

  private static List<Holding> read(PreparedStatement statement) throws SQLException {
    List<Holding> holdings = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        holdings.add(
            new Holding(
                rows.getInt("partition"),
                rows.getInt("source"),
                rows.getLong("epoch"),
                rows.getLong("next_offset"),
                rows.getLong("delivered_offset"),
                rows.getLong("applied_at")));
      }
    }
    return holdings;
  }

  /// Stores what `holdings` have delivered.
  void settle(Collection<Holding> holdings) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement settle = connection.prepareStatement(SETTLE)) {
      Integer[] sources = holdings.stream().map(Holding::source).toArray(Integer[]::new);
      Long[] epochs = holdings.stream().map(Holding::epoch).toArray(Long[]::new);
      Long[] delivered = holdings.stream().map(Holding::delivered).toArray(Long[]::new);
      settle.setArray(1, connection.createArrayOf("int4", sources));
      settle.setArray(2, connection.createArrayOf("int8", epochs));
      settle.setArray(3, connection.createArrayOf("int8", delivered));
      settle.executeUpdate();
      for (int i = 0; i < delivered.length; i++) {
        long stored = delivered[i];
        int source = sources[i];
        holdings.stream().filter(h -> h.source() == source).forEach(h -> h.settled(stored));
      }
    } catch (SQLException e) {
      throw new LogFailure("storing what was delivered", e);
    }
  }

  /// Goes on at `offset`, because the stored one is not in the topic.
  void move(Holding holding, long offset) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement move = connection.prepareStatement(MOVE)) {
      move.setLong(1, offset);
      move.setLong(2, offset);
      move.setInt(3, holding.source());
      move.setLong(4, holding.epoch());
      move.executeUpdate();
    } catch (SQLException e) {
      throw new LogFailure("moving progress into the topic", e);
    }
  }

  /// The first events whose commands stand in `source` from `from` up to below `to`: `limit`, and
  /// those that share the last one's offset, which a Kafka that was put back has given twice.
  List<Undelivered> undelivered(int source, long from, long to, int limit) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(UNDELIVERED)) {
      select.setInt(1, source);
      select.setLong(2, from);
      select.setLong(3, to);
      select.setInt(4, limit);
      List<Undelivered> events = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          events.add(new Undelivered(PostgresEvents.read(rows), rows.getLong("command_offset")));
        }
      }
      return events;
    } catch (SQLException e) {
      throw new LogFailure("reading events to distribute again", e);
    }
  }

  /// The events that have one of these ids.
  Map<RequestKey, Known> known(Set<RequestKey> requests) {
    try (Connection connection = dataSource.getConnection()) {
      return new PostgresBatch(connection, () -> {}).known(requests);
    } catch (SQLException e) {
      throw new LogFailure("looking up what was asked for before", e);
    }
  }
}
