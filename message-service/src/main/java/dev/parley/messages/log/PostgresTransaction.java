package dev.parley.messages.log;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// A transaction of plain JDBC, for threads that are outside of JTA.
public final class PostgresTransaction {
  private PostgresTransaction() {}

  /// What is done in the transaction.
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run(Connection connection) throws SQLException, E;
  }

  /// Runs `work` and commits; whatever it throws rolls everything back and is passed on. If the
  /// commit itself fails, it is not known whether it happened.
  public static <T, E extends Exception> T run(DataSource dataSource, Work<T, E> work)
      throws SQLException, E {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      boolean committed = false;
      try {
        T result = work.run(connection);
        connection.commit();
        committed = true;
        return result;
      } finally {
        if (!committed) {
          rollback(connection);
        }
      }
    }
  }

  /// A connection that cannot roll back is broken, and then the server does it.
  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      System.getLogger(PostgresTransaction.class.getName())
          .log(System.Logger.Level.DEBUG, "no rollback", e);
    }
  }
}
