package dev.parley.messages.trail;

import dev.parley.messages.database.PostgresDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.UUID;

/// What the log says of a message, without its content.
@ApplicationScoped
class PostgresTrail {
  private static final String FIND =
      "SELECT seq, at, user_id, command_source IS NULL FROM event"
          + " WHERE conversation = ? AND request = ? AND kind = 'message'";

  private final PostgresDatabase database;

  PostgresTrail(PostgresDatabase database) {
    this.database = database;
  }

  /// @param overRest whether it came in over REST and not over a socket
  record Logged(long seq, long at, UUID user, boolean overRest) {}

  Optional<Logged> find(UUID conversation, UUID message) {
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(FIND)) {
        select.setObject(1, conversation);
        select.setObject(2, message);
        try (ResultSet rows = select.executeQuery()) {
          return rows.next()
              ? Optional.of(
                  new Logged(
                      rows.getLong(1),
                      rows.getLong(2),
                      rows.getObject(3, UUID.class),
                      rows.getBoolean(4)))
              : Optional.empty();
        }
      }
    });
  }
}
