package dev.parley.messages.ingest;

import static dev.parley.testing.Patience.await;

import dev.parley.contracts.Role;
import dev.parley.contracts.command.Command;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.fanout.Fanouts;
import dev.parley.messages.fanout.Outgoing;
import dev.parley.messages.probe.KafkaProbe;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/// What it costs that Kafka stands between gateways and the message-service: the same commands by
/// way of Kafka, and handed over directly as a remote call would at best. Not part of the tests;
/// see decision record 1 for how to run it.
class KafkaCostBench {
  private static final Logger LOG = Logger.getLogger(KafkaCostBench.class);
  private static final int WARM_UP = 500;
  private static final int COMMANDS = 2_000;
  private static final long PACE_NANOS = Duration.ofMillis(5).toNanos();

  @Test
  void byWayOfKafkaAndDirectly() throws Exception {
    TestLog log = TestLog.create("bench");
    UUID user = UUID.randomUUID();
    List<UUID> conversations = new Rows(log.database()).groups(user, Role.MEMBER, 50);
    try (AgroalDataSource database = log.pooled()) {
      byWayOfKafka(log, database, user, conversations);
      directly(log, database, user, conversations);
    }
  }

  private static void byWayOfKafka(
      TestLog log, DataSource database, UUID user, List<UUID> conversations) throws Exception {
    try (KafkaProbe probe = new KafkaProbe(log.servers(), log.topics());
        RunningIngest ingest = new RunningIngest(log, database, "bench", Failpoints.NONE)) {
      Timer age = ingest.metrics.get("parley.messages.command.age").timer();
      for (int i = 0; i < COMMANDS; i++) {
        probe.send(send(user, conversations, i));
        LockSupport.parkNanos(PACE_NANOS);
      }
      await().until(() -> age.count() == COMMANDS);
      for (ValueAtPercentile value : age.takeSnapshot().percentileValues()) {
        LOG.infof(
            "by way of Kafka, to the commit: p%.0f %.1f ms",
            value.percentile() * 100, value.value(TimeUnit.MILLISECONDS));
      }
    }
  }

  private static void directly(
      TestLog log, DataSource database, UUID user, List<UUID> conversations) throws Exception {
    Map<Integer, Holding> holdings = new HashMap<>();
    new PostgresProgress(database)
        .take(UUID.randomUUID(), Map.of(0, 0L))
        .forEach(holding -> holdings.put(holding.partition(), holding));
    long[] nanos = new long[COMMANDS];
    try (var producer = Fanouts.producer(log.kafka())) {
      Ingest ingest =
          new Ingest(
              database,
              Fanouts.broadcasting(producer, log.topics(), Failpoints.NONE),
              Clock.systemUTC(),
              Failpoints.NONE,
              new IngestMetrics(new SimpleMeterRegistry()),
              Footprints.NONE);
      for (int i = 0; i < COMMANDS; i++) {
        List<Incoming> one = new ArrayList<>();
        one.add(
            new Incoming.Wellformed(
                0,
                i,
                0,
                send(user, conversations, i),
                new Outgoing.Trace(null, null),
                (cause, limit) -> {}));
        long start = System.nanoTime();
        ingest.apply(one, holdings);
        nanos[i] = System.nanoTime() - start;
        LockSupport.parkNanos(PACE_NANOS);
      }
    }
    long[] warm = Arrays.copyOfRange(nanos, WARM_UP, COMMANDS);
    Arrays.sort(warm);
    for (int percent : new int[] {50, 99}) {
      LOG.infof(
          "directly, to the commit: p%d %.1f ms", percent, warm[warm.length * percent / 100] / 1e6);
    }
  }

  private static Command send(UUID user, List<UUID> conversations, int i) {
    return Sends.by(user, conversations.get(i % conversations.size()), UUID.randomUUID());
  }
}
