package dev.parley.messages.database;

import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why PostgreSQL did not do what it was asked, as far as an operator acts on it differently.
enum FailureCause {
  /// It is away, starting, stopping, or has no connection left in our own pool.
  UNREACHABLE,
  /// Its disk is full.
  DISK_FULL,
  /// It lacks connections or memory.
  RESOURCES,
  /// It is a standby by now.
  READ_ONLY,
  /// Two changes were in each other's way.
  CONFLICT,
  OTHER;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The cause of `failure`, by the first SQL state that stands in its chain of causes.
  static FailureCause of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return of(sql.getSQLState());
      }
    }
    return OTHER;
  }

  // Without a state it is the pool's own: no connection in time.
  private static FailureCause of(@Nullable String state) {
    if (state == null || state.startsWith("08") || state.startsWith("57P")) {
      return UNREACHABLE;
    }
    if (state.equals("53100")) {
      return DISK_FULL;
    }
    if (state.startsWith("53")) {
      return RESOURCES;
    }
    if (state.equals("25006")) {
      return READ_ONLY;
    }
    return state.startsWith("40") ? CONFLICT : OTHER;
  }
}
