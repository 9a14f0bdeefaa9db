package dev.parley.runtime.problem;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;

/// Tells a database that cannot answer now from a statement that is wrong.
final class Outage {
  private Outage() {}

  /// Whether `failure` comes from a database that is away, starting, stopping or full, so that the
  /// same request may succeed later.
  static boolean isCauseOf(Throwable failure) {
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && isPassing(sql)) {
        return true;
      }
      depth++;
    }
    return false;
  }

  private static boolean isPassing(SQLException e) {
    String state = e.getSQLState();
    if (state == null) {
      // The connection pool's own: no connection could be had in time.
      return true;
    }
    // Classes of SQLSTATE: connection, resources, operator (57P: shutdown, crash, starting).
    return e instanceof SQLTransientException
        || e instanceof SQLRecoverableException
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P");
  }
}
