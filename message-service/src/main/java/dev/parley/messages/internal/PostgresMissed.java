package dev.parley.messages.internal;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import dev.parley.contracts.event.EventEncoder;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.messages.database.PostgresDatabase;
import dev.parley.messages.internal.Missed.Ask;
import dev.parley.messages.log.PostgresEvents;
import dev.parley.messages.permission.Permissions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Reads what many sessions have missed, in two statements however many they are: how those who ask
/// stand to the conversations, then the events. Heads come with the standings, and no event above
/// them is read, so that nothing is shown that is later than the right to see it.
@ApplicationScoped
class PostgresMissed {
  /// What one conversation's part of an answer holds at most: it fits into one message to a client.
  private static final long MOST_BYTES = 900 * 1024;

  /// What an answer holds at most; its first event always fits.
  private static final long MOST_BYTES_IN_ALL = 4 << 20;

  /// The most that the head of an event takes besides its detail.
  private static final int HEAD_BYTES = 400;

  private static final String STANDINGS =
      """
      SELECT a.place, a.reader, c.kind, c.head, m.role
      FROM unnest(?::int[], ?::uuid[], ?::uuid[]) AS a(place, reader, conversation)
      JOIN conversation c ON c.id = a.conversation
      LEFT JOIN member m ON m.conversation = a.conversation AND m.user_id = a.reader
      """;

  // Sizes are summed before any detail is read: what does not fit is not fetched.
  private static final String EVENTS =
      "SELECT place, "
          + PostgresEvents.COLUMNS
          + " FROM (SELECT a.place, e.*,"
          + " row_number() OVER answer AS nth, sum(octet_length(e.detail) + "
          + HEAD_BYTES
          + ") OVER answer AS size, sum(octet_length(e.detail) + "
          + HEAD_BYTES
          + ") OVER part AS part_size, row_number() OVER part AS part_nth"
          + " FROM unnest(?::int[], ?::uuid[], ?::bigint[], ?::bigint[])"
          + " AS a(place, conversation, low, high) CROSS JOIN LATERAL"
          + " (SELECT * FROM event WHERE event.conversation = a.conversation"
          + " AND event.seq BETWEEN a.low AND a.high) AS e"
          + " WINDOW answer AS (ORDER BY a.place, e.seq),"
          + " part AS (PARTITION BY a.place ORDER BY e.seq)) AS sized"
          + " WHERE nth = 1 OR (size <= ? AND (part_size <= ? OR part_nth = 1))"
          + " ORDER BY place, seq";

  private final PostgresDatabase database;
  private final ReadStatements statements;

  PostgresMissed(PostgresDatabase database, ReadStatements statements) {
    this.database = database;
    this.statements = statements;
  }

  /// What is missed, in the order of `asks`.
  List<Missed> read(List<Ask> asks) {
    return database.read(connection -> {
      List<Part> parts = parts(asks);
      standings(connection, parts);
      events(connection, parts);
      return parts.stream().map(Part::missed).toList();
    });
  }

  private static List<Part> parts(List<Ask> asks) {
    List<Part> parts = new ArrayList<>(asks.size());
    asks.forEach(ask -> parts.add(new Part(parts.size(), ask)));
    return parts;
  }

  private void standings(Connection connection, List<Part> parts) throws SQLException {
    List<Integer> places = new ArrayList<>();
    List<UUID> readers = new ArrayList<>();
    List<UUID> conversations = new ArrayList<>();
    for (Part part : parts) {
      for (UUID user : part.ask.users()) {
        places.add(part.place);
        readers.add(user);
        conversations.add(part.ask.conversation());
      }
    }
    statements.executed("events");
    try (PreparedStatement select = connection.prepareStatement(STANDINGS)) {
      select.setArray(1, connection.createArrayOf("int4", places.toArray()));
      select.setArray(2, connection.createArrayOf("uuid", readers.toArray()));
      select.setArray(3, connection.createArrayOf("uuid", conversations.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Part part = parts.get(row.getInt("place"));
          String role = row.getString("role");
          if (Permissions.mayRead(
              ConversationKind.valueOf(row.getString("kind")),
              role == null ? null : Role.valueOf(role))) {
            part.allowed.add(row.getObject("reader", UUID.class));
            part.head = Math.max(part.head, row.getLong("head"));
          }
        }
      }
    }
  }

  private void events(Connection connection, List<Part> parts) throws SQLException {
    List<Part> wanted = parts.stream().filter(part -> part.high() > part.ask.after()).toList();
    if (wanted.isEmpty()) {
      return;
    }
    statements.executed("events");
    try (PreparedStatement select = connection.prepareStatement(EVENTS)) {
      select.setArray(1, array(connection, "int4", wanted.stream().map(part -> part.place)));
      select.setArray(
          2, array(connection, "uuid", wanted.stream().map(part -> part.ask.conversation())));
      select.setArray(
          3, array(connection, "int8", wanted.stream().map(part -> part.ask.after() + 1)));
      select.setArray(4, array(connection, "int8", wanted.stream().map(Part::high)));
      select.setLong(5, MOST_BYTES_IN_ALL);
      select.setLong(6, MOST_BYTES);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          parts.get(row.getInt("place")).events.add(PostgresEvents.read(row));
        }
      }
    }
  }

  private static Array array(Connection connection, String type, Stream<?> values)
      throws SQLException {
    return connection.createArrayOf(type, values.toArray());
  }

  /// One ask while it is being answered.
  private static final class Part {
    private final int place;
    private final Ask ask;
    private final Set<UUID> allowed = new HashSet<>();
    private final List<LoggedEvent> events = new ArrayList<>();
    private long head;

    Part(int place, Ask ask) {
      this.place = place;
      this.ask = ask;
    }

    long high() {
      return Math.min(head, ask.after() + ask.limit());
    }

    Missed missed() {
      List<UUID> refused = ask.users().stream().filter(user -> !allowed.contains(user)).toList();
      long last = events.isEmpty() ? ask.after() : events.getLast().seq();
      return new Missed(
          refused,
          events.stream().map(EventEncoder::encode).toList(),
          events.isEmpty() ? 0 : events.getFirst().seq(),
          last < head,
          head);
    }
  }
}
