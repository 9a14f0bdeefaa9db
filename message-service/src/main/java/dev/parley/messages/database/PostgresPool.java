package dev.parley.messages.database;

import dev.parley.runtime.problem.DatabaseFailure;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/// The connections to PostgreSQL that nobody uses at the moment, and how it fails: counted as
/// `parley.messages.database.failures`. Thread-safe.
@Singleton
public class PostgresPool {
  private final AgroalDataSource pool;
  private final Map<DatabaseFailure, Counter> failures = new EnumMap<>(DatabaseFailure.class);

  PostgresPool(AgroalDataSource pool, MeterRegistry registry) {
    this.pool = pool;
    for (DatabaseFailure cause : DatabaseFailure.values()) {
      failures.put(
          cause,
          Counter.builder("parley.messages.database.failures")
              .description("times that PostgreSQL did not do what it was asked, by cause")
              .tag("cause", cause.label())
              .register(registry));
    }
  }

  /// PostgreSQL did not do what it was asked, which may pass. Returns at once.
  public void failed(Throwable failure) {
    Counter counter = failures.get(DatabaseFailure.of(failure));
    if (counter != null) {
      counter.increment();
    }
    distrust();
  }

  /// One connection has failed: the others that wait in the pool have most likely lost the same
  /// server, and finding that out one after the other could take a second for each. Returns at
  /// once.
  private void distrust() {
    pool.flush(FlushMode.IDLE);
  }
}
