package dev.parley.messages.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Role;
import dev.parley.contracts.command.Command;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.fanout.Fanouts;
import dev.parley.messages.fanout.Outgoing;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StatementsIT {
  private static final int MOST = 8;
  private static final int PARTITIONS = 4;
  private static TestLog log;

  @BeforeAll
  static void createLog() throws Exception {
    log = TestLog.create("statements");
  }

  @Test
  void batchTakesTheSameFewStatementsWhateverItsSize() throws Exception {
    int ten = statements(10);
    int thousand = statements(1_000);
    assertEquals(ten, thousand);
    assertTrue(ten <= MOST, () -> ten + " statements");
  }

  /// The statements that the server got for one batch, and not what we believe that we sent.
  private static int statements(int size) throws Exception {
    CountingDataSource counting = new CountingDataSource(log.database());
    Rows rows = new Rows(log.database());
    List<Incoming> batch = new ArrayList<>();
    Map<Integer, Long> starts = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      starts.put(partition, 0L);
    }
    UUID user = UUID.randomUUID();
    UUID first = UUID.randomUUID();
    List<UUID> conversations = rows.groups(user, Role.MEMBER, size);
    for (int i = 0; i < size; i++) {
      UUID conversation = conversations.get(i);
      Command.Send send = Sends.by(user, conversation, i == 0 ? first : UUID.randomUUID());
      Command.Send reply =
          new Command.Send(conversation, user, send.request(), send.reply(), first, send.content());
      batch.add(
          new Incoming.Wellformed(
              i % PARTITIONS,
              i / PARTITIONS,
              0,
              i % 3 == 0 ? reply : send,
              new Outgoing.Trace(null, null),
              (cause, limit) -> {}));
    }
    Map<Integer, Holding> holdings = new HashMap<>();
    new PostgresProgress(log.database())
        .take(UUID.randomUUID(), starts)
        .forEach(holding -> holdings.put(holding.partition(), holding));
    try (var producer = Fanouts.producer(log.kafka())) {
      ingest(counting, producer).apply(batch, holdings);
    }
    assertEquals(size / PARTITIONS + (size % PARTITIONS > 0 ? 1 : 0), holdings.get(0).next());
    return counting.statements();
  }

  private static Ingest ingest(DataSource database, Producer<byte[], byte[]> producer) {
    return new Ingest(
        database,
        Fanouts.broadcasting(producer, log.topics(), Failpoints.NONE),
        Clock.systemUTC(),
        Failpoints.NONE,
        new IngestMetrics(new SimpleMeterRegistry()),
        Footprints.NONE);
  }
}
