package dev.parley.messages.ingest;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Role;
import dev.parley.contracts.command.Command;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.probe.KafkaProbe;
import dev.parley.messages.probe.Line;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import dev.parley.servers.KafkaBroker;
import dev.parley.servers.KafkaNode;
import dev.parley.servers.Repository;
import dev.parley.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of commands when the only broker dies, is put back to an earlier state, or stops to
/// answer. The broker belongs to the test and is reached through a [Line].
class BrokerIT {
  private static final Duration START = Duration.ofMinutes(2);

  @TempDir Path directory;
  private final UUID user = UUID.randomUUID();
  private Line line;
  private KafkaBroker broker;
  private ServerProcess process;
  private TestLog log;
  private Rows rows;
  private UUID conversation;

  @BeforeEach
  void startBroker() throws Exception {
    KafkaNode node = KafkaNode.onFreePorts(1);
    line = new Line(node.clientPort());
    node = node.advertised("127.0.0.1:" + line.port());
    broker =
        new KafkaBroker(
            Repository.find(),
            directory.resolve("kafka"),
            KafkaBroker.newClusterId(),
            node,
            List.of(node),
            Map.of(KafkaBroker.JAVA_OPTIONS, "-XX:TieredStopAtLevel=1"));
    broker.prepare();
    start();
    log = TestLog.create("broker", node.clientAddress());
    rows = new Rows(log.database());
    conversation = rows.group(user, Role.MEMBER);
  }

  @AfterEach
  void killBroker() throws Exception {
    process.kill();
    line.close();
  }

  /// Its offsets were given to other commands meanwhile, and those below the stored one were passed
  /// over in silence.
  @Test
  void kafkaOfYesterdayHasWhatWasWrittenSinceApplied() throws Exception {
    List<Command.Send> sends = sends(18);
    applied(sends.subList(0, 5));
    process.stop(START);
    copy(directory.resolve("kafka"), directory.resolve("backup"));
    start();
    applied(sends.subList(0, 10));
    process.stop(START);
    Files.move(directory.resolve("kafka"), directory.resolve("lost"));
    Files.move(directory.resolve("backup"), directory.resolve("kafka"));
    start();
    // More than were lost, so that the end says nothing.
    send(sends.subList(10, 18));
    try (RunningIngest ingest = instance()) {
      assertLog(sends);
      String told = ingest.attention.call().getData().orElseThrow().toString();
      assertTrue(told.contains("at 5 to 9"), told);
    }
  }

  @Test
  void onlyBrokerThatDiesIsWaitedFor() throws Exception {
    List<Command.Send> sends = sends(4);
    try (RunningIngest ingest = instance()) {
      send(sends.subList(0, 2));
      assertLog(sends.subList(0, 2));
      process.kill();
      start();
      send(sends.subList(2, 4));
      await().atMost(Duration.ofSeconds(25)).until(() -> rows.log(conversation).size() == 4);
      assertLog(sends);
      assertTrue(ingest.running());
    }
  }

  /// Kafka's client waits 30 s for an answer by default.
  @Test
  void linkThatSwallowsEverythingIsGivenUpWithinSeconds() throws Exception {
    List<Command.Send> sends = sends(2);
    try (RunningIngest ingest = instance()) {
      send(sends.subList(0, 1));
      assertLog(sends.subList(0, 1));
      line.swallow();
      line.restore();
      send(sends.subList(1, 2));
      await().atMost(Duration.ofSeconds(25)).until(() -> rows.log(conversation).size() == 2);
      assertTrue(ingest.running());
    }
  }

  private void start() throws Exception {
    process = ServerProcess.start(broker, directory, directory.resolve("kafka.log"));
    process.awaitReady(START);
  }

  private RunningIngest instance() throws InterruptedException {
    return new RunningIngest(log, log.database(), "messages", Failpoints.NONE);
  }

  /// Sends those of `sends` that are not in the log, and ends when they are.
  private void applied(List<Command.Send> sends) throws Exception {
    try (RunningIngest ingest = instance()) {
      send(sends.subList(rows.log(conversation).size(), sends.size()));
      assertLog(sends);
      assertTrue(ingest.running());
    }
  }

  private void send(List<Command.Send> sends) throws Exception {
    try (KafkaProbe probe = new KafkaProbe(log.servers(), log.topics())) {
      probe.send(sends);
    }
  }

  private List<Command.Send> sends(int count) {
    return Stream.generate(() -> Sends.by(user, conversation, UUID.randomUUID()))
        .limit(count)
        .toList();
  }

  private void assertLog(List<Command.Send> sends) throws Exception {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> rows.log(conversation).size() >= sends.size());
    var stored = rows.log(conversation);
    assertEquals(sends.size(), stored.size());
    for (int i = 0; i < sends.size(); i++) {
      assertTrue(stored.get(i).toString().contains(sends.get(i).request().toString()));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
