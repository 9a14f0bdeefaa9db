package dev.parley.messages.database;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.DatabaseFailure;
import dev.parley.runtime.problem.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The way from REST to PostgreSQL. A database that is away is answered `unavailable`, so that the
/// client repeats; one that went away during the commit is answered `internal`, since then nobody
/// knows. Blocks; called on virtual or worker threads.
///
/// Requests share the pool with the pipeline, which they must not starve: they get all connections
/// but [#RESERVED] of it, in the order in which they came, and the rest wait here.
@ApplicationScoped
public class PostgresDatabase {
  private static final Logger LOG = Logger.getLogger(PostgresDatabase.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /// One each for commands, outbox, signals and the health check.
  private static final int RESERVED = 4;

  private final DataSource dataSource;
  private final PostgresPool pool;
  private final Duration patience;
  private final Semaphore share;
  private final Counter refused;

  PostgresDatabase(
      DataSource dataSource,
      PostgresPool pool,
      @ConfigProperty(name = "quarkus.datasource.jdbc.max-size") int size,
      @ConfigProperty(name = "quarkus.datasource.jdbc.acquisition-timeout") Duration patience,
      MeterRegistry registry) {
    if (size <= RESERVED) {
      throw new IllegalStateException(
          "quarkus.datasource.jdbc.max-size is %d; it must be more than %d"
              .formatted(size, RESERVED));
    }
    this.dataSource = dataSource;
    this.pool = pool;
    this.patience = patience;
    this.share = new Semaphore(size - RESERVED, true);
    this.refused =
        Counter.builder("parley.messages.requests.refused")
            .description("requests that got no connection in time")
            .register(registry);
    registry.gauge("parley.messages.requests.waiting", share, Semaphore::getQueueLength);
  }

  /// A read that needs no transaction.
  @FunctionalInterface
  public interface Read<T extends @Nullable Object> {
    T from(Connection connection) throws SQLException;
  }

  /// Does `work` in a transaction of its own; whatever it throws undoes it.
  ///
  /// @throws Problem also `unavailable`: nothing was done; or `internal`: the commit's answer is
  ///   lost
  public <T extends @Nullable Object> T write(Supplier<T> work) {
    enter();
    try {
      return transaction(work);
    } finally {
      share.release();
    }
  }

  private <T extends @Nullable Object> T transaction(Supplier<T> work) {
    AtomicBoolean finished = new AtomicBoolean();
    try {
      return QuarkusTransaction.requiringNew()
          .call(() -> {
            T result = work.get();
            finished.set(true);
            return result;
          });
    } catch (Problem refused) {
      throw refused;
    } catch (RuntimeException e) {
      if (!DatabaseFailure.of(e).passes()) {
        throw e;
      }
      LOG.warn("the database failed under a change", e);
      pool.failed(e);
      throw finished.get()
          ? new Problem(
              ErrorCode.INTERNAL,
              "It is not known whether this was done; repeat it with the same id or key.")
          : unavailable();
    }
  }

  /// Reads on a connection that commits each statement.
  ///
  /// @throws Problem `unavailable` if the database does not answer
  public <T extends @Nullable Object> T read(Read<T> read) {
    enter();
    try (Connection connection = dataSource.getConnection()) {
      return read.from(connection);
    } catch (SQLException e) {
      if (!DatabaseFailure.of(e).passes()) {
        throw new IllegalStateException("a read failed with SQL state " + e.getSQLState(), e);
      }
      LOG.warn("the database failed under a read", e);
      pool.failed(e);
      throw unavailable();
    } finally {
      share.release();
    }
  }

  /// Uses the connection of the transaction that [#write] opened.
  public <T extends @Nullable Object> T within(Read<T> statement) {
    try (Connection connection = dataSource.getConnection()) {
      return statement.from(connection);
    } catch (SQLException e) {
      throw new StatementFailed(e);
    }
  }

  private void enter() {
    try {
      if (!share.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        refused.increment();
        throw unavailable();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private static Problem unavailable() {
    return new Problem(ErrorCode.UNAVAILABLE, "The service cannot answer now.", RETRY);
  }

  private static final class StatementFailed extends RuntimeException {
    StatementFailed(SQLException cause) {
      super("a statement failed with SQL state " + cause.getSQLState(), cause);
    }
  }
}
