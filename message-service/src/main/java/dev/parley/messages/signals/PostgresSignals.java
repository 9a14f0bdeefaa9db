package dev.parley.messages.signals;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import dev.parley.contracts.signal.Signal;
import dev.parley.messages.log.LogFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/// What signals need of conversations and members: two statements a batch at most.
final class PostgresSignals {
  private static final String STANDINGS =
      """
      SELECT k.conversation, k.user_id, c.kind, c.head, c.member_count, m.role
      FROM unnest(?::uuid[], ?::uuid[]) AS k (conversation, user_id)
      JOIN conversation c ON c.id = k.conversation
      LEFT JOIN member m ON m.conversation = k.conversation AND m.user_id = k.user_id
      """;

  private static final String READ =
      """
      UPDATE member m SET read_seq = r.seq
      FROM unnest(?::uuid[], ?::uuid[], ?::bigint[]) AS r (conversation, user_id, seq)
      WHERE m.conversation = r.conversation AND m.user_id = r.user_id AND m.read_seq < r.seq
        AND m.role <> 'BANNED'
      RETURNING m.conversation, m.user_id
      """;

  private final DataSource dataSource;

  PostgresSignals(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// The standings of `keys`; a conversation that does not exist is missing.
  Map<Participant, Standing> standings(Set<Participant> keys) {
    Map<Participant, Standing> standings = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(STANDINGS)) {
      set(select, 1, "uuid", keys, Participant::conversation);
      set(select, 2, "uuid", keys, Participant::user);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String role = rows.getString("role");
          standings.put(
              key(rows),
              new Standing(
                  ConversationKind.valueOf(rows.getString("kind")),
                  rows.getLong("head"),
                  rows.getInt("member_count"),
                  role == null ? null : Role.valueOf(role)));
        }
      }
      return standings;
    } catch (SQLException e) {
      throw new LogFailure("reading the standing of those who signal", e);
    }
  }

  /// Stores read positions.
  ///
  /// @param reads one for each user and conversation
  /// @return those that were above what was stored
  Set<Participant> read(Collection<Signal.Read> reads) {
    Set<Participant> grown = new HashSet<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update = connection.prepareStatement(READ)) {
      set(update, 1, "uuid", reads, Signal.Read::conversation);
      set(update, 2, "uuid", reads, Signal.Read::user);
      set(update, 3, "int8", reads, Signal.Read::seq);
      try (ResultSet rows = update.executeQuery()) {
        while (rows.next()) {
          grown.add(key(rows));
        }
      }
      return grown;
    } catch (SQLException e) {
      throw new LogFailure("storing read positions", e);
    }
  }

  private static Participant key(ResultSet row) throws SQLException {
    return new Participant(
        row.getObject("conversation", UUID.class), row.getObject("user_id", UUID.class));
  }

  private static <T> void set(
      PreparedStatement statement,
      int parameter,
      String type,
      Collection<T> rows,
      Function<T, Object> column)
      throws SQLException {
    Object[] values = rows.stream().map(column).toArray();
    statement.setArray(parameter, statement.getConnection().createArrayOf(type, values));
  }
}
