package dev.parley.messages.ingest;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Role;
import dev.parley.contracts.command.Command;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.probe.KafkaProbe;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

/// What operators see while commands wait.
class LagIT {
  private static final Duration LOOKS_TWICE = Duration.ofSeconds(15);

  /// While nothing is read the client does not learn that more has come.
  @Test
  void commandsThatWaitForTheDatabaseAreCounted() throws Exception {
    TestLog log = TestLog.create("lag");
    GatedDataSource database = new GatedDataSource(log.database());
    UUID user = UUID.randomUUID();
    UUID conversation = new Rows(log.database()).group(user, Role.MEMBER);
    List<Command.Send> sends =
        Stream.generate(() -> Sends.by(user, conversation, UUID.randomUUID())).limit(20).toList();
    try (KafkaProbe probe = new KafkaProbe(log.servers(), log.topics());
        RunningIngest ingest = new RunningIngest(log, database, "lag", Failpoints.NONE)) {
      probe.send(sends.subList(0, 1));
      await().until(() -> new Rows(log.database()).log(conversation).size() == 1);
      database.away(true);
      probe.send(sends.subList(1, 20));
      await().atMost(LOOKS_TWICE).until(() -> lag(ingest) == 19);
      assertTrue(gauge(ingest, "parley.messages.partitions.held") == 0);
      database.away(false);
      await().atMost(LOOKS_TWICE).until(() -> lag(ingest) == 0);
      assertTrue(gauge(ingest, "parley.messages.partitions.held") > 0);
    }
  }

  /// It stayed unshown until the next command of its partition.
  @Test
  void lagThatKafkaDidNotTakeIsShownAgain() throws Exception {
    TestLog log = TestLog.create("shown");
    String group = log.topics().prefix() + "shown";
    UUID user = UUID.randomUUID();
    UUID conversation = new Rows(log.database()).group(user, Role.MEMBER);
    CommitRefusals refusals = new CommitRefusals();
    try (KafkaProbe probe = new KafkaProbe(log.servers(), log.topics());
        RunningIngest ingest =
            new RunningIngest(
                log,
                log.database(),
                refusals.of(KafkaClients.consumer(log.kafka(), group, RunningIngest.CONFIG)),
                Failpoints.NONE,
                RunningIngest.CONFIG);
        Admin admin = Admin.create(log.kafka())) {
      await().until(() -> shown(admin, group) == 0);
      refusals.begin();
      probe.send(List.of(Sends.by(user, conversation, UUID.randomUUID())));
      await().atMost(LOOKS_TWICE).until(() -> refusals.count() > 0);
      refusals.end();
      await().atMost(LOOKS_TWICE).until(() -> shown(admin, group) == 1);
      assertTrue(ingest.running());
    }
  }

  /// The sum of the group's offsets; -1 if it has shown none.
  private static long shown(Admin admin, String group) throws Exception {
    var offsets = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    return offsets.isEmpty()
        ? -1
        : offsets.values().stream().mapToLong(OffsetAndMetadata::offset).sum();
  }

  private static double lag(RunningIngest ingest) {
    return ingest.metrics.find("parley.kafka.lag").gauges().stream()
        .mapToDouble(Gauge::value)
        .sum();
  }

  private static double gauge(RunningIngest ingest, String name) {
    return ingest.metrics.get(name).gauge().value();
  }
}
