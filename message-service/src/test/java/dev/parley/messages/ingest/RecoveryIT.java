package dev.parley.messages.ingest;

import static dev.parley.testing.Patience.await;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Role;
import dev.parley.contracts.Topics;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.messages.failpoint.Failpoint;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.probe.KafkaProbe;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Kafka or the database is not what it was: nothing is passed over that can still be applied, and
/// an operator is told.
class RecoveryIT {
  private static final String GROUP = "messages";
  private static TestLog log;

  private final UUID user = UUID.randomUUID();
  private Rows rows;
  private KafkaProbe probe;
  private UUID conversation;

  /// Ends the instance at whose failpoint it is thrown.
  private static final class Crash extends Error {}

  @BeforeAll
  static void createLog() throws Exception {
    log = TestLog.create("recovery");
  }

  @BeforeEach
  void openConversation() throws Exception {
    rows = new Rows(log.database());
    probe = new KafkaProbe(log.servers(), log.topics());
    conversation = rows.group(user, Role.MEMBER);
  }

  @AfterEach
  void closeProbe() {
    probe.close();
  }

  /// It went on at its old position in the new topic, and what stood below was never applied.
  @Test
  void topicMadeAnewUnderARunningInstanceIsReadFromItsBegin() throws Exception {
    List<Command.Send> sends = sends(7);
    try (RunningIngest ingest = instance()) {
      sendAndAwait(sends.subList(0, 3));
      makeAnew();
      probe.close();
      probe = new KafkaProbe(log.servers(), log.topics());
      probe.send(sends.subList(3, 7));
      ingest.topic.id();
      assertLog(sends);
      assertTold(ingest, "made anew");
    }
  }

  @Test
  void topicMadeAnewWhileNobodyRanIsReadFromItsBegin() throws Exception {
    List<Command.Send> sends = sends(5);
    try (RunningIngest ingest = instance()) {
      sendAndAwait(sends.subList(0, 3));
      assertTrue(ingest.running());
    }
    makeAnew();
    probe.close();
    probe = new KafkaProbe(log.servers(), log.topics());
    probe.send(sends.subList(3, 5));
    try (RunningIngest ingest = instance()) {
      assertLog(sends);
      assertTold(ingest, "made anew");
    }
  }

  /// The next owner looked at the progress of the new topic alone.
  @Test
  void whatWasCommittedOutOfTheFormerTopicIsStillDelivered() throws Exception {
    Failpoints crash =
        reached -> {
          if (reached == Failpoint.COMMITTED) {
            throw new Crash();
          }
        };
    List<Command.Send> sends = sends(3);
    // Before it starts, so that it has all of them in one batch.
    probe.send(sends);
    try (RunningIngest dying = new RunningIngest(log, log.database(), GROUP, crash)) {
      await().until(() -> !dying.running());
    }
    makeAnew();
    try (RunningIngest next = instance()) {
      await().until(() -> delivered() >= 3);
      assertEquals(3, next.count("parley.messages.redistributed"));
      await()
          .until(() ->
              rows.number("SELECT count(*) FROM progress WHERE delivered_offset < next_offset")
                  == 0);
    }
  }

  @Test
  void commandsThatKafkaDeletedUnreadAreNamed() throws Exception {
    List<Command.Send> sends = sends(4);
    try (RunningIngest ingest = instance()) {
      sendAndAwait(sends.subList(0, 1));
      assertTrue(ingest.running());
    }
    probe.send(sends.subList(1, 4));
    try (Admin admin = Admin.create(log.kafka())) {
      long end =
          admin
              .listOffsets(Map.of(partition(), OffsetSpec.latest()))
              .all()
              .get()
              .get(partition())
              .offset();
      admin.deleteRecords(Map.of(partition(), RecordsToDelete.beforeOffset(end - 1))).all().get();
    }
    try (RunningIngest ingest = instance()) {
      assertLog(List.of(sends.get(0), sends.get(3)));
      assertTold(ingest, "deleted");
    }
  }

  /// What was applied after the backup is applied again, in the same order; that the database is an
  /// old one went unseen.
  @Test
  void databaseOfYesterdayGetsWhatKafkaStillHas() throws Exception {
    List<Command.Send> sends = sends(5);
    try (RunningIngest ingest = instance()) {
      sendAndAwait(sends.subList(0, 2));
      rows.run("CREATE TABLE backup AS SELECT * FROM progress");
      sendAndAwait(sends);
      await().until(() -> shown() == 5);
      assertTrue(ingest.running());
    }
    rows.run("DELETE FROM event WHERE conversation = ? AND seq > 2", conversation);
    rows.run("UPDATE conversation SET head = 2 WHERE id = ?", conversation);
    rows.run(
        "UPDATE progress p SET epoch = b.epoch, next_offset = b.next_offset,"
            + " delivered_offset = b.delivered_offset, applied_at = b.applied_at"
            + " FROM backup b WHERE b.source = p.source");
    rows.run("DROP TABLE backup");
    try (RunningIngest ingest = instance()) {
      assertLog(sends);
      assertTold(ingest, "this database does not know it");
    }
    try (RunningIngest ingest = instance()) {
      sendAndAwait(Stream.concat(sends.stream(), sends(1).stream()).toList());
      assertEquals("UP", ingest.attention.call().getStatus().name());
    }
  }

  private RunningIngest instance() throws InterruptedException {
    return new RunningIngest(log, log.database(), GROUP, Failpoints.NONE);
  }

  private List<Command.Send> sends(int count) {
    return Stream.generate(() -> Sends.by(user, conversation, UUID.randomUUID()))
        .limit(count)
        .toList();
  }

  /// Sends those that are not in the log yet, in their order.
  private void sendAndAwait(List<Command.Send> sends) throws Exception {
    probe.send(sends.subList(rows.log(conversation).size(), sends.size()));
    assertLog(sends);
  }

  private void assertLog(List<Command.Send> sends) throws Exception {
    await().until(() -> rows.log(conversation).size() >= sends.size());
    var stored = rows.log(conversation);
    assertEquals(sends.size(), stored.size());
    for (int i = 0; i < sends.size(); i++) {
      assertTrue(stored.get(i).toString().contains(sends.get(i).request().toString()));
    }
  }

  private void assertTold(RunningIngest ingest, String what) {
    String told = ingest.attention.call().getData().orElseThrow().toString();
    assertTrue(told.contains(what), told);
  }

  private long delivered() throws Exception {
    probe.poll(log.topics().deliveries().name(), Topics.BROADCAST);
    return probe.deliveries(Topics.BROADCAST, 0).stream()
        .filter(d -> d instanceof Delivery.Event e && e.conversation().equals(conversation))
        .count();
  }

  private TopicPartition partition() {
    return new TopicPartition(log.topics().commands().name(), KafkaProbe.partition(conversation));
  }

  private long shown() throws Exception {
    try (Admin admin = Admin.create(log.kafka())) {
      var shown =
          admin
              .listConsumerGroupOffsets(log.topics().prefix() + GROUP)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(partition());
      return shown == null ? -1 : shown.offset() - first();
    }
  }

  /// Offset of this test's first command.
  private long first() throws Exception {
    return rows.number(
        "SELECT min(command_offset) FROM event WHERE conversation = ?", conversation);
  }

  private static void makeAnew() throws Exception {
    Topics.Spec commands = log.topics().commands();
    try (Admin admin = Admin.create(log.kafka())) {
      admin.deleteTopics(List.of(commands.name())).all().get();
      await()
          .ignoreExceptions()
          .until(() -> {
            log.createTopics(List.of(commands));
            return true;
          });
      // A producer that writes before the broker leads the partitions may get stuck for two
      // minutes:
      // it repeats a batch out of order until its time is up.
      await()
          .ignoreExceptions()
          .until(() -> !admin.listOffsets(ends(commands)).all().get().isEmpty());
    }
  }

  private static Map<TopicPartition, OffsetSpec> ends(Topics.Spec topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(partition -> new TopicPartition(topic.name(), partition))
        .collect(toMap(identity(), partition -> OffsetSpec.latest()));
  }
}
