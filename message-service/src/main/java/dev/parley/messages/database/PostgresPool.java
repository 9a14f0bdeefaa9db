package dev.parley.messages.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import jakarta.inject.Singleton;

/// The connections to PostgreSQL that nobody uses at the moment. Thread-safe.
@Singleton
public class PostgresPool {
  private final AgroalDataSource pool;

  PostgresPool(AgroalDataSource pool) {
    this.pool = pool;
  }

  /// One connection has failed: the others that wait in the pool have most likely lost the same
  /// server, and finding that out one after the other could take a second for each. Returns at
  /// once.
  public void distrust() {
    pool.flush(FlushMode.IDLE);
  }
}
