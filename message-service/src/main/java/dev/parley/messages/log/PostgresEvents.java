package dev.parley.messages.log;

import dev.parley.contracts.event.LoggedEvent;
import dev.parley.contracts.json.JsonText;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows of table `event`. The caller owns connection and transaction.
public final class PostgresEvents {
  /// What [#read(ResultSet)] needs of table `event`, for a SELECT.
  public static final String COLUMNS =
      "conversation, seq, at, kind, user_id, member, request, reply_to, detail";

  private static final String INSERT =
      """
      INSERT INTO event (conversation, seq, at, kind, user_id, member, request, reply_to, detail,
                         command_source, command_offset)
      SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::uuid[], ?::uuid[],
                           ?::uuid[], ?::uuid[], ?::bytea[], ?::integer[], ?::bigint[])
      """;

  private static final String BY_REQUEST =
      "SELECT " + COLUMNS + " FROM event WHERE conversation = ? AND request = ?";

  private PostgresEvents() {}

  /// Inserts `rows` in one statement.
  public static void insert(Connection connection, List<EventRow> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      set(insert, 1, "uuid", rows, r -> r.event().conversation());
      set(insert, 2, "int8", rows, r -> r.event().seq());
      set(insert, 3, "int8", rows, r -> r.event().at());
      set(insert, 4, "text", rows, r -> r.event().kind());
      set(insert, 5, "uuid", rows, r -> r.event().user());
      set(insert, 6, "uuid", rows, r -> r.event().member());
      set(insert, 7, "uuid", rows, r -> r.event().request());
      set(insert, 8, "uuid", rows, r -> r.event().replyTo());
      byte[][] details = rows.stream().map(r -> r.event().detail().utf8()).toArray(byte[][]::new);
      insert.setArray(9, connection.createArrayOf("bytea", details));
      set(insert, 10, "int4", rows, r -> r.origin() == null ? null : r.origin().source());
      set(insert, 11, "int8", rows, r -> r.origin() == null ? null : r.origin().offset());
      insert.executeUpdate();
    }
  }

  /// The event with this message or request id, or null.
  public static @Nullable LoggedEvent byRequest(
      Connection connection, UUID conversation, UUID request) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BY_REQUEST)) {
      select.setObject(1, conversation);
      select.setObject(2, request);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? read(rows) : null;
      }
    }
  }

  /// The event in the current row of a result that has [#COLUMNS].
  public static LoggedEvent read(ResultSet row) throws SQLException {
    return new LoggedEvent(
        row.getObject("conversation", UUID.class),
        row.getLong("seq"),
        row.getLong("at"),
        row.getString("kind"),
        row.getObject("user_id", UUID.class),
        row.getObject("member", UUID.class),
        row.getObject("request", UUID.class),
        row.getObject("reply_to", UUID.class),
        JsonText.of(row.getBytes("detail")));
  }

  /// Every row of a result that has [#COLUMNS].
  public static List<LoggedEvent> readAll(PreparedStatement select) throws SQLException {
    List<LoggedEvent> events = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        events.add(read(rows));
      }
    }
    return events;
  }

  private static void set(
      PreparedStatement statement,
      int parameter,
      String type,
      List<EventRow> rows,
      Function<EventRow, @Nullable Object> column)
      throws SQLException {
    @Nullable Object[] values = rows.stream().map(column).toArray();
    Array array = statement.getConnection().createArrayOf(type, values);
    statement.setArray(parameter, array);
  }
}
