package dev.parley.messages.history;

import dev.parley.contracts.event.EventEncoder;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.messages.database.PostgresDatabase;
import dev.parley.messages.log.PostgresEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Reads logs, each part in one statement. Whoever calls has asked whether the reader may, and
/// gives the head as it was at that moment, so that nothing later is shown.
@ApplicationScoped
public class PostgresHistory {
  /// What one answer holds at most, so that it and what is said meanwhile have room in what a
  /// gateway lets wait for a client (1 MiB), of which a quarter may be taken already. The first
  /// event always fits.
  public static final int MAX_BYTES = 512 * 1024;

  /// The most that the head of an event takes besides its detail.
  private static final int HEAD_BYTES = 400;

  private static final String UPWARD = events("ASC");
  private static final String DOWNWARD = events("DESC");

  private static final String MESSAGES =
      "SELECT "
          + PostgresEvents.COLUMNS
          + " FROM event WHERE conversation = ? AND seq < ? AND kind = 'message'"
          + " ORDER BY seq DESC LIMIT ?";

  private final PostgresDatabase database;

  PostgresHistory(PostgresDatabase database) {
    this.database = database;
  }

  /// The events of `span`, fewer if they are too large for one answer.
  public EventPage events(UUID conversation, Span span, long head) {
    Span.Slice slice = span.of(head);
    if (slice.to() < slice.from()) {
      return new EventPage(List.of(), 0, slice.more(), head);
    }
    List<LoggedEvent> events = read(conversation, slice);
    boolean all = events.size() == slice.to() - slice.from() + 1;
    return new EventPage(
        events.stream().map(EventEncoder::encode).toList(),
        events.getFirst().seq(),
        slice.more() || !all,
        head);
  }

  /// The last `limit` messages below `before`, as they stand now, ascending; fewer if they are too
  /// large for one answer.
  MessagePage messages(UUID conversation, long before, int limit) {
    List<LoggedEvent> newest =
        database.read(connection -> {
          try (PreparedStatement select = connection.prepareStatement(MESSAGES)) {
            select.setObject(1, conversation);
            select.setLong(2, before);
            select.setInt(3, limit + 1);
            return PostgresEvents.readAll(select);
          }
        });
    List<MessagePage.Message> messages = new ArrayList<>();
    int bytes = 0;
    for (LoggedEvent event : newest) {
      bytes += event.detail().length() + HEAD_BYTES;
      if (messages.size() == limit || (bytes > MAX_BYTES && !messages.isEmpty())) {
        return new MessagePage(messages.reversed(), true);
      }
      messages.add(MessagePage.Message.of(event));
    }
    return new MessagePage(messages.reversed(), false);
  }

  private List<LoggedEvent> read(UUID conversation, Span.Slice slice) {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(slice.upward() ? UPWARD : DOWNWARD)) {
        select.setObject(1, conversation);
        select.setLong(2, slice.from());
        select.setLong(3, slice.to());
        select.setLong(4, MAX_BYTES);
        return PostgresEvents.readAll(select);
      }
    });
  }

  // Sizes are summed before any detail is read: what does not fit is not fetched.
  private static String events(String direction) {
    return "SELECT "
        + PostgresEvents.COLUMNS
        + " FROM (SELECT *, row_number() OVER log AS place, sum(octet_length(detail) + "
        + HEAD_BYTES
        + ") OVER log AS size FROM event"
        + " WHERE conversation = ? AND seq BETWEEN ? AND ?"
        + " WINDOW log AS (ORDER BY seq "
        + direction
        + ")) AS sized WHERE size <= ? OR place = 1 ORDER BY seq";
  }
}
