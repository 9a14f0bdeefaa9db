package dev.parley.messages.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import org.postgresql.ds.PGSimpleDataSource;

/// A database that can be away, or keep its caller waiting before it answers.
final class GatedDataSource extends PGSimpleDataSource {
  private static final int OPEN = 1_000_000;

  private final transient PGSimpleDataSource database;
  private final Semaphore gate = new Semaphore(OPEN);
  private volatile boolean away;

  GatedDataSource(PGSimpleDataSource database) {
    this.database = database;
  }

  void away(boolean now) {
    away = now;
  }

  /// Whoever asks for a connection from now on waits.
  void shut() {
    gate.drainPermits();
  }

  boolean someoneWaits() {
    return gate.hasQueuedThreads();
  }

  void open() {
    gate.release(OPEN);
  }

  @Override
  public Connection getConnection() throws SQLException {
    gate.acquireUninterruptibly();
    gate.release();
    if (away) {
      throw new SQLException("the database is away", "08006");
    }
    return database.getConnection();
  }
}
