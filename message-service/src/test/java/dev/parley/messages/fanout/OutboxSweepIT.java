package dev.parley.messages.fanout;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Role;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.event.EventDetail;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.log.NewEvent;
import dev.parley.messages.log.PostgresLog;
import dev.parley.messages.probe.Rows;
import dev.parley.runtime.routing.Lookup;
import dev.parley.runtime.trail.TrailRing;
import dev.parley.testing.ParleyBackends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a long outage of Kafka has left in the outbox holds nothing up that comes in afterwards.
@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class OutboxSweepIT {
  private static final FanoutConfig OF_THE_FUTURE =
      Fanouts.config(Map.of("outbox-age", "PT-1H", "outbox-sweep", "1h"));

  @Inject DataSource dataSource;
  @Inject PostgresLog log;

  private final UUID user = UUID.randomUUID();
  private final List<Long> sent = new CopyOnWriteArrayList<>();
  private Rows rows;
  private UUID conversation;
  private Outbox sweeping;

  @BeforeEach
  void openConversation() throws Exception {
    rows = new Rows(dataSource);
    conversation = rows.group(user, Role.OWNER);
  }

  /// It swept until the table was empty: what was committed meanwhile waited for all of it.
  @Test
  void whatIsCommittedDuringASweepWaitsForOnePage() throws Exception {
    leave(1_200);
    Fanout fanout =
        new Fanout(
            routes -> new Lookup.Unknown(),
            (partition, one) -> sent(one),
            new LatelyChanged(),
            Failpoints.NONE,
            new TrailRing(16));
    sweeping =
        new Outbox(
            fanout,
            new PostgresOutbox(dataSource),
            OF_THE_FUTURE,
            new SimpleMeterRegistry(),
            failure -> {});
    sweeping.start();
    try {
      // All of them: a full page is followed by the next at once, not an hour later.
      await().until(() -> sent.size() == 1_201);
      assertEquals(500, sent.indexOf(9_999L));
    } finally {
      sweeping.stop();
    }
  }

  /// Each page sorted all that was left.
  @Test
  void aPageIsFoundByItsIndexHoweverMuchIsLeft() throws Exception {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "INSERT INTO outbox SELECT gen_random_uuid(), 1 FROM generate_series(1, 20000)");
      // The plan that the server keeps for a prepared statement, whatever its parameters.
      statement.execute("SET LOCAL plan_cache_mode = force_generic_plan");
      statement.execute("PREPARE take AS " + PostgresOutbox.TAKE.replace("?", "$1"));
      try (ResultSet lines = statement.executeQuery("EXPLAIN EXECUTE take (2000)")) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      statement.execute("DEALLOCATE take");
      connection.rollback();
    }
    assertTrue(plan.indexOf("Index Scan using outbox_by_age on outbox") >= 0, plan::toString);
    assertEquals(-1, plan.indexOf("Seq Scan on outbox"), plan::toString);
  }

  private CompletableFuture<?> sent(Outgoing one) {
    if (sent.isEmpty()) {
      sweeping.distribute(
          List.of(
              new LoggedEvent(
                  conversation,
                  9_999,
                  0,
                  EventKind.UPDATED.wire(),
                  user,
                  null,
                  null,
                  null,
                  EventDetail.none())));
    }
    if (one.delivery() instanceof Delivery.Event event) {
      sent.add(event.seq());
    }
    return CompletableFuture.completedFuture(null);
  }

  /// Leaves events in the outbox that only a sweep of the future takes, not the application's own.
  private void leave(int count) {
    NewEvent event =
        new NewEvent(
            EventKind.UPDATED, user, null, null, null, EventDetail.updated("title", null, null));
    QuarkusTransaction.requiringNew()
        .run(() -> {
          log.append(conversation, Collections.nCopies(count, event));
          try {
            rows.run(
                "UPDATE outbox SET created_at = created_at + interval '30 minutes'"
                    + " WHERE conversation = ?",
                conversation);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
