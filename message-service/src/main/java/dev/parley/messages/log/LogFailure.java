package dev.parley.messages.log;

import java.sql.SQLException;

/// The database did not do what was asked; nothing of it is kept unless a commit's answer was lost.
public final class LogFailure extends RuntimeException {
  /// @param doing what was tried, for the log line
  public LogFailure(String doing, SQLException cause) {
    super(doing + " failed with SQL state " + cause.getSQLState(), cause);
  }

  /// Whether the same again can never succeed: the statement's values are refused (SQL classes 22,
  /// 23 and 54). Everything else, what is unknown included, is taken as passing, because skipping a
  /// command that could have been applied would lose it.
  public boolean permanent() {
    for (Throwable t = getCause(); t != null; t = t.getCause()) {
      if (t instanceof SQLException e && e.getSQLState() != null) {
        String state = e.getSQLState();
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
      }
    }
    return false;
  }
}
