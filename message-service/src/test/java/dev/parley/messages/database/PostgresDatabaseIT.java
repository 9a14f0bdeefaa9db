package dev.parley.messages.database;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class PostgresDatabaseIT {
  @Inject PostgresDatabase database;
  @Inject DataSource dataSource;

  @ConfigProperty(name = "quarkus.datasource.jdbc.max-size")
  int pool;

  /// Requests took every connection, and commands waited behind all of them.
  @Test
  void requestsLeaveConnectionsToThePipeline() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger reading = new AtomicInteger();
    List<Future<?>> requests = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (int i = 0; i < 2 * pool; i++) {
          requests.add(threads.submit(() -> read(reading, end)));
        }
        // A pool that is full takes a while to be so.
        await()
            .atMost(Duration.ofMinutes(1))
            .during(Duration.ofMillis(500))
            .until(() -> reading.get() >= pool - 4);
        try (var connection = dataSource.getConnection()) {
          assertTrue(connection.isValid(1));
        }
      } finally {
        end.countDown();
      }
    }
    for (Future<?> request : requests) {
      request.get();
    }
  }

  private void read(AtomicInteger reading, CountDownLatch end) {
    while (end.getCount() > 0) {
      try {
        database.read(connection -> {
          reading.incrementAndGet();
          awaitEnd(end);
          return true;
        });
      } catch (Problem e) {
        assertEquals(ErrorCode.UNAVAILABLE, e.code());
      }
    }
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
