package dev.parley.messages.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.Role;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.fanout.Fanouts;
import dev.parley.messages.fanout.Outgoing;
import dev.parley.messages.log.LogFailure;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two laws that a batch keeps by itself.
class BatchLawsIT {
  private static TestLog log;

  private final UUID user = UUID.randomUUID();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private Rows rows;
  private Map<Integer, Holding> holdings;

  @BeforeAll
  static void createLog() throws Exception {
    log = TestLog.create("batchlaws");
  }

  @BeforeEach
  void takePartition() throws Exception {
    rows = new Rows(log.database());
    Holding holding =
        new PostgresProgress(log.database()).take(UUID.randomUUID(), Map.of(0, 0L)).getFirst();
    holdings = Map.of(0, holding);
  }

  /// Law 2: acknowledged means durable.
  @Test
  void nobodyIsAnsweredWhenTheCommitFails() throws Exception {
    UUID conversation = rows.group(user, Role.MEMBER);
    List<Incoming> batch = sends(conversation, 10);
    assertThrows(
        LogFailure.class,
        () ->
            apply(
                batch,
                connection -> {
                  throw new SQLException("the connection is lost", "08006");
                }));
    assertEquals(List.of(), producer.history());
    apply(batch, connection -> {});
    assertFalse(producer.history().isEmpty());
  }

  /// Law 8: no fan-out cost on the write path.
  @Test
  void rowsWrittenDoNotGrowWithTheMembers() throws Exception {
    UUID small = rows.group(user, Role.MEMBER);
    UUID large = rows.group(user, Role.MEMBER);
    for (int i = 0; i < 200; i++) {
      rows.member(large, UUID.randomUUID(), Role.MEMBER);
    }
    assertEquals(rowsWritten(sends(small, 10)), rowsWritten(sends(large, 10)));
  }

  private long rowsWritten(List<Incoming> batch) throws Exception {
    List<Long> counts = new ArrayList<>();
    apply(
        batch,
        connection -> {
          try (var statement = connection.createStatement();
              var result =
                  statement.executeQuery(
                      "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")) {
            result.next();
            counts.add(result.getLong(1));
          }
        });
    assertEquals(1, counts.size());
    return counts.getFirst();
  }

  private List<Incoming> sends(UUID conversation, int count) {
    long next = holdings.get(0).next();
    return IntStream.range(0, count)
        .<Incoming>mapToObj(i ->
            new Incoming.Wellformed(
                0,
                next + i,
                0,
                Sends.by(user, conversation, UUID.randomUUID()),
                new Outgoing.Trace(null, null),
                (cause, limit) -> {}))
        .toList();
  }

  private void apply(List<Incoming> batch, WatchedDataSource.BeforeCommit watcher)
      throws Exception {
    new Ingest(
            new WatchedDataSource(log.database(), watcher),
            Fanouts.broadcasting(producer, log.topics(), Failpoints.NONE),
            Clock.systemUTC(),
            Failpoints.NONE,
            new IngestMetrics(new SimpleMeterRegistry()),
            Footprints.NONE)
        .apply(batch, holdings);
  }
}
