package dev.parley.messages.ingest;

import static dev.parley.testing.Patience.await;

import dev.parley.contracts.Role;
import dev.parley.contracts.Topics;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.probe.KafkaProbe;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/// How long partitions stand still when one of two instances ends in order, starts, and is killed
/// (decision record 6). Not part of the ordinary test run.
class RestartBench {
  private static final Logger LOG = Logger.getLogger(RestartBench.class);
  private static final Duration PACE = Duration.ofMillis(100);
  private static final Duration SETTLED = Duration.ofSeconds(15);

  @ParameterizedTest
  @ValueSource(strings = {"classic", "static", "consumer"})
  void pausesOfPartitions(String protocol) throws Exception {
    TestLog log = TestLog.create("restarts_" + protocol);
    UUID user = UUID.randomUUID();
    Rows rows = new Rows(log.database());
    List<UUID> conversations = onePerPartition(rows, user);
    AtomicBoolean over = new AtomicBoolean();
    Thread sender =
        Thread.ofPlatform()
            .start(() -> {
              try (KafkaProbe probe = new KafkaProbe(log.servers(), log.topics())) {
                while (!over.get()) {
                  probe.send(
                      conversations.stream()
                          .map(conversation -> Sends.by(user, conversation, UUID.randomUUID()))
                          .toList());
                  LockSupport.parkNanos(PACE.toNanos());
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    Process stays = start(log, protocol, "stays");
    Process goes = start(log, protocol, "goes");
    try {
      settled();
      for (String what : List.of("ends in order", "starts", "is killed", "starts again")) {
        long from = System.currentTimeMillis();
        switch (what) {
          case "ends in order" -> goes.destroy();
          case "is killed" -> goes.destroyForcibly();
          default -> goes = start(log, protocol, "goes");
        }
        settled();
        LOG.infof("%s, one %s: %s", protocol, what, pauses(rows, conversations, from));
      }
    } finally {
      over.set(true);
      sender.join();
      stays.destroyForcibly();
      goes.destroyForcibly();
    }
  }

  /// What is to be seen is over well within this time.
  private static void settled() {
    LockSupport.parkNanos(SETTLED.toNanos());
  }

  private static String pauses(Rows rows, List<UUID> conversations, long from) throws Exception {
    TreeMap<Long, Integer> sorted = new TreeMap<>();
    for (UUID conversation : conversations) {
      long longest =
          rows.number(
              "SELECT max(gap) FROM (SELECT at - lag(at) OVER (ORDER BY seq) AS gap, at FROM event"
                  + " WHERE conversation = ?) AS gaps WHERE at > ?",
              conversation,
              from);
      sorted.merge(longest, 1, Integer::sum);
    }
    long moved = sorted.tailMap(1_000L).values().stream().mapToInt(n -> n).sum();
    return "longest %d ms, %d of %d partitions over a second"
        .formatted(sorted.lastKey(), moved, conversations.size());
  }

  private static List<UUID> onePerPartition(Rows rows, UUID user) throws Exception {
    Map<Integer, UUID> found = new HashMap<>();
    while (found.size() < Topics.COMMAND_PARTITIONS) {
      UUID conversation = rows.group(user, Role.MEMBER);
      found.putIfAbsent(KafkaProbe.partition(conversation), conversation);
    }
    return List.copyOf(found.values());
  }

  private static Process start(TestLog log, String protocol, String name) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                Instance.class.getName(),
                log.servers(),
                log.topics().prefix(),
                log.database().getUrl(),
                log.database().getUser(),
                log.database().getPassword(),
                protocol,
                name)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    await().until(process::isAlive);
    return process;
  }

  /// An instance as a process of its own.
  static final class Instance {
    private Instance() {}

    public static void main(String[] words) throws Exception {
      PGSimpleDataSource database = new PGSimpleDataSource();
      database.setUrl(words[2]);
      database.setUser(words[3]);
      database.setPassword(words[4]);
      Map<String, Object> kafka = new HashMap<>(Map.of("bootstrap.servers", words[0]));
      if (words[5].equals("static")) {
        kafka.put("group.instance.id", words[6]);
      }
      TestLog log = new TestLog(database, new Topics(words[1]), kafka);
      String protocol = words[5].equals("consumer") ? "consumer" : "classic";
      try (var pool = log.pooled();
          RunningIngest ingest =
              new RunningIngest(
                  log,
                  pool,
                  "messages",
                  Failpoints.NONE,
                  RunningIngest.config(Map.of("protocol", protocol)))) {
        CountDownLatch end = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(() -> {
                  end.countDown();
                  try {
                    main.join();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
        end.await();
        LOG.debugf("%s ends", ingest);
      }
    }
  }
}
