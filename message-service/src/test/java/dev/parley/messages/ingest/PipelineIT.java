package dev.parley.messages.ingest;

import static dev.parley.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Role;
import dev.parley.contracts.Topics;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.command.CommandCodec;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.json.JsonText;
import dev.parley.messages.failpoint.Failpoint;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.probe.KafkaProbe;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What must hold when instances die, stall, meet, or lose a store: every command that was accepted
/// is in its log once, in order, and is delivered.
class PipelineIT {
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
    log = TestLog.create("pipeline");
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

  @Test
  void crashBetweenCommitAndPublishIsMadeUpByTheNextOwner() throws Exception {
    crashAt(Failpoint.COMMITTED);
  }

  @Test
  void crashBetweenLookUpAndProduceIsMadeUpByTheNextOwner() throws Exception {
    crashAt(Failpoint.ROUTED);
  }

  @Test
  void crashInMidBatchLeavesNoTraceAndTheNextOwnerAppliesIt() throws Exception {
    crashAt(Failpoint.MID_BATCH);
  }

  private void crashAt(Failpoint point) throws Exception {
    Failpoints crash =
        reached -> {
          if (reached == point) {
            throw new Crash();
          }
        };
    List<Command.Send> sends = sends(3);
    // Before it starts, so that it has all of them in one batch.
    probe.send(sends);
    try (RunningIngest dying = new RunningIngest(log, log.database(), GROUP, crash)) {
      await().until(() -> !dying.running());
    }
    try (RunningIngest next = instance(GROUP)) {
      assertDelivered(sends);
      assertEquals(
          point == Failpoint.MID_BATCH ? 0 : 3, next.count("parley.messages.redistributed"));
      awaitAllDelivered();
    }
    // Their senders were told nothing until their deadline, and repeated.
    assertEquals(sends.stream().map(Command::reply).toList(), answered());
  }

  @Test
  void repetitionThatWasAppliedBeforeACrashIsAnsweredByTheNextOwner() throws Exception {
    List<Command.Send> sends = sends(3);
    try (RunningIngest first = instance(GROUP)) {
      probe.send(sends);
      assertDelivered(sends);
      assertTrue(first.running());
    }
    Failpoints crash =
        reached -> {
          if (reached == Failpoint.COMMITTED) {
            throw new Crash();
          }
        };
    try (RunningIngest dying = new RunningIngest(log, log.database(), GROUP, crash)) {
      probe.send(sends);
      await().until(() -> !dying.running());
    }
    try (RunningIngest next = instance(GROUP)) {
      List<Delivery> replies = probe.deliveries(Sends.address().gateway().slot(), sends.size());
      assertTrue(replies.getLast().json().toString().contains("\"repeated\":true"));
      assertTrue(next.running());
    }
    assertEquals(3, rows.log(conversation).size());
  }

  @Test
  void sameCommandsAcrossRestartsAreOneEventEach() throws Exception {
    List<Command.Send> sends = sends(5);
    try (RunningIngest first = instance(GROUP)) {
      probe.send(sends);
      assertDelivered(sends);
      assertTrue(first.running());
    }
    try (RunningIngest second = instance(GROUP)) {
      probe.send(sends);
      List<Delivery> replies =
          probe.deliveries(Sends.address().gateway().slot(), sends.size()).stream().toList();
      for (int i = 0; i < replies.size(); i++) {
        JsonText json = replies.get(i).json();
        assertTrue(json.toString().contains("\"seq\":" + (i + 1) + ","), json.toString());
        assertTrue(json.toString().contains("\"repeated\":true"), json.toString());
      }
      assertTrue(second.running());
    }
    assertEquals(5, rows.log(conversation).size());
  }

  @Test
  void nothingIsDistributedAgainAfterAnOrderlyEnd() throws Exception {
    List<Command.Send> sends = sends(5);
    try (RunningIngest first = instance(GROUP)) {
      probe.send(sends);
      assertDelivered(sends);
      assertTrue(first.running());
    }
    try (RunningIngest second = instance(GROUP)) {
      probe.send(sends(1));
      await().until(() -> rows.log(conversation).size() == 6);
      assertEquals(0, second.count("parley.messages.redistributed"));
    }
  }

  @Test
  void formerOwnerThatStoodStillCannotCommit() throws Exception {
    GatedDataSource gate = new GatedDataSource(log.database());
    List<Command.Send> sends = sends(4);
    try (RunningIngest former = new RunningIngest(log, gate, "former", Failpoints.NONE)) {
      probe.send(sends.subList(0, 1));
      await().until(() -> rows.log(conversation).size() == 1);
      await().until(this::allDelivered);
      gate.shut();
      probe.send(sends.subList(1, 4));
      await().until(gate::someoneWaits);
      // A group of its own: both believe that every partition is theirs.
      try (RunningIngest next = instance("next")) {
        await().until(() -> rows.log(conversation).size() == 4);
        gate.open();
        await().until(() -> former.count("parley.messages.fenced") > 0);
        assertTrue(next.running());
      }
    }
    assertDelivered(sends);
  }

  @Test
  void ownerThatStoodStillInItsTransactionDoesNotKeepTheLocks() throws Exception {
    CountDownLatch resumed = new CountDownLatch(1);
    AtomicBoolean stood = new AtomicBoolean();
    Failpoints standing =
        point -> {
          if (point == Failpoint.MID_BATCH && stood.compareAndSet(false, true)) {
            awaitUninterruptibly(resumed);
          }
        };
    List<Command.Send> sends = sends(3);
    try (RunningIngest former = new RunningIngest(log, log.impatient(), "still", standing)) {
      probe.send(sends);
      await().untilTrue(stood);
      try (RunningIngest next = instance("moving")) {
        await().until(() -> rows.log(conversation).size() == 3);
        resumed.countDown();
        await().until(() -> former.count("parley.messages.retries") > 0);
        assertTrue(next.running());
      }
    }
    assertDelivered(sends);
  }

  @Test
  void twoWhoBothBelieveToOwnEverythingNeitherDoubleNorLose() throws Exception {
    List<Command.Send> sends = sends(300);
    try (RunningIngest one = instance("one");
        RunningIngest two = instance("two")) {
      for (int from = 0; from < sends.size(); from += 10) {
        probe.send(sends.subList(from, from + 10));
      }
      await().until(() -> rows.log(conversation).size() >= sends.size());
      assertTrue(one.running() && two.running());
    }
    assertDelivered(sends);
  }

  @Test
  void outageOfTheDatabaseIsWaitedFor() throws Exception {
    GatedDataSource database = new GatedDataSource(log.database());
    database.away(true);
    List<Command.Send> sends = sends(3);
    try (RunningIngest waiting = new RunningIngest(log, database, GROUP, Failpoints.NONE)) {
      probe.send(sends);
      await().until(() -> waiting.count("parley.messages.retries") >= 2);
      database.away(false);
      assertDelivered(sends);
      database.away(true);
      List<Command.Send> more = sends(3);
      probe.send(more);
      await().until(() -> waiting.count("parley.messages.retries") >= 4);
      database.away(false);
      assertDelivered(Stream.concat(sends.stream(), more.stream()).toList());
    }
  }

  @Test
  void poisonStandsAloneInTheEndAndTheOthersGoOn() throws Exception {
    rows.run(
        "ALTER TABLE event ADD CONSTRAINT poison CHECK (position('poison'::bytea IN detail) = 0)");
    List<Command.Send> sends = new ArrayList<>(sends(20));
    Command.Send poison =
        Sends.by(user, conversation, UUID.randomUUID(), JsonText.of("{\"text\":\"poison\"}"));
    sends.add(11, poison);
    try (RunningIngest ingest = instance(GROUP)) {
      probe.send(sends);
      var dead = probe.dead(1).getFirst();
      assertEquals("{\"text\":\"poison\"}", new String(dead.value(), UTF_8));
      assertTrue(new String(KafkaProbe.header(dead, RecordHeaders.CAUSE), UTF_8).contains("23514"));
      Delivery reply = probe.deliveries(poison.reply().gateway().slot(), 1).getFirst();
      assertTrue(reply.json().toString().contains("\"code\":\"internal\""));
      sends.remove(poison);
      assertDelivered(sends);
      assertEquals(1, ingest.count("parley.messages.dead.letters"));
      assertTrue(ingest.running());
    } finally {
      rows.run("ALTER TABLE event DROP CONSTRAINT poison");
    }
  }

  @Test
  void recordThatIsNoCommandGoesToTheDeadLettersAndIsAnswered() throws Exception {
    Command.Send send = sends(1).getFirst();
    try (RunningIngest ingest = instance(GROUP)) {
      probe.write(3, CommandCodec.key(send), CommandCodec.value(send), new RecordHeaders());
      probe.write(
          3,
          new byte[] {1},
          CommandCodec.value(send),
          CommandCodec.headers(send).with("type", "unheard-of"));
      var dead = probe.dead(2);
      assertTrue(
          new String(KafkaProbe.header(dead.getFirst(), RecordHeaders.CAUSE), UTF_8)
              .contains("reply"));
      Delivery reply = probe.deliveries(send.reply().gateway().slot(), 1).getFirst();
      assertTrue(reply.json().toString().contains("\"code\":\"internal\""));
      assertEquals(2, ingest.count("parley.messages.dead.letters"));
      assertTrue(ingest.running());
    }
  }

  /// With its cause beside it such a record does not fit into another one: its partition stood
  /// still.
  @Test
  void recordAsLargeAsKafkaTakesGoesToTheDeadLettersWithoutItsValue() throws Exception {
    Command.Send send = sends(1).getFirst();
    try (RunningIngest ingest = instance(GROUP)) {
      probe.writeLargest(3, CommandCodec.key(send), CommandCodec.headers(send));
      var dead = probe.dead(1).getFirst();
      assertNull(dead.value());
      assertTrue(new String(KafkaProbe.header(dead, RecordHeaders.CAUSE), UTF_8).contains("fit"));
      Delivery reply = probe.deliveries(send.reply().gateway().slot(), 1).getFirst();
      assertTrue(reply.json().toString().contains("\"code\":\"internal\""));
      assertEquals(1, ingest.count("parley.messages.dead.letters"));
      assertTrue(ingest.running());
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RunningIngest instance(String group) throws InterruptedException {
    return new RunningIngest(log, log.database(), group, Failpoints.NONE);
  }

  private List<Command.Send> sends(int count) {
    return Stream.generate(() -> Sends.by(user, conversation, UUID.randomUUID()))
        .limit(count)
        .toList();
  }

  /// The log is exactly `sends`, in their order, and each was delivered as it stands there.
  private void assertDelivered(List<Command.Send> sends) throws Exception {
    await().until(() -> rows.log(conversation).size() >= sends.size());
    List<JsonText> stored = rows.log(conversation);
    assertEquals(sends.size(), stored.size());
    for (int i = 0; i < sends.size(); i++) {
      String json = stored.get(i).toString();
      assertTrue(json.contains("\"seq\":" + (i + 1) + ","), json);
      assertTrue(json.contains(sends.get(i).request().toString()), json);
    }
    Set<Long> expected = new TreeSet<>(LongStream.rangeClosed(1, sends.size()).boxed().toList());
    await().until(() -> delivered(stored).containsAll(expected));
  }

  /// The numbers that came, each checked against the log's bytes.
  private Set<Long> delivered(List<JsonText> stored) throws Exception {
    probe.poll(log.topics().deliveries().name(), Topics.BROADCAST);
    Set<Long> numbers = new TreeSet<>();
    for (Delivery delivery : probe.deliveries(Topics.BROADCAST, 0)) {
      if (delivery instanceof Delivery.Event event && event.conversation().equals(conversation)) {
        assertEquals(stored.get((int) event.seq() - 1), event.json());
        numbers.add(event.seq());
      }
    }
    return numbers;
  }

  /// Who was answered with an event of the log.
  private List<ReplyAddress> answered() throws Exception {
    return probe.deliveries(Topics.BROADCAST, 0).stream()
        .filter(Delivery.Event.class::isInstance)
        .map(Delivery.Event.class::cast)
        .filter(event -> event.conversation().equals(conversation))
        .map(Delivery.Event::reply)
        .toList();
  }

  private boolean allDelivered() throws Exception {
    return rows.number("SELECT count(*) FROM progress WHERE delivered_offset < next_offset") == 0;
  }

  private void awaitAllDelivered() {
    await().until(this::allDelivered);
  }
}
