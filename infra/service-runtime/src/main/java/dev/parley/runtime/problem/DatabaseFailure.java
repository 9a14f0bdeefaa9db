package dev.parley.runtime.problem;

import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why PostgreSQL did not do what it was asked, as far as an operator acts on it differently. All
/// but [#OTHER] pass: the same request may succeed later.
public enum DatabaseFailure {
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
  /// It did not wait any longer: a statement took too long, or we stood still in a transaction.
  TIMED_OUT,
  /// The statement is wrong, or it is not about a database at all.
  OTHER;

  /// Its name in metrics.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether the same request may succeed later.
  public boolean passes() {
    return this != OTHER;
  }

  /// The cause of `failure`, by the first SQL state that stands in its chain of causes.
  public static DatabaseFailure of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return of(sql.getSQLState());
      }
    }
    return OTHER;
  }

  private static DatabaseFailure of(@Nullable String state) {
    return switch (state) {
      // The pool's own: no connection in time.
      case null -> UNREACHABLE;
      // The driver's: what it was doing failed in its own code, mostly since the pool interrupts it
      // when it connects for too long.
      case "99999" -> UNREACHABLE;
      case "53100" -> DISK_FULL;
      case "25006" -> READ_ONLY;
      // Cancelled; idle in a transaction; a transaction too long; idle.
      case "57014", "25P03", "25P04", "57P05" -> TIMED_OUT;
      default -> ofClass(state);
    };
  }

  // The first two characters; 57P: shutdown, crash, starting.
  private static DatabaseFailure ofClass(String state) {
    if (state.startsWith("08") || state.startsWith("57P")) {
      return UNREACHABLE;
    }
    if (state.startsWith("53")) {
      return RESOURCES;
    }
    return state.startsWith("40") ? CONFLICT : OTHER;
  }
}
