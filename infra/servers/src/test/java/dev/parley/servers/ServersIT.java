package dev.parley.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersIT {
  private static final Duration LONG = Duration.ofSeconds(90);
  private final Repository repository = Repository.find();

  @TempDir Path directory;

  @Test
  void postgresKeepsItsDataAndThePidIsThePostmaster() throws Exception {
    Postgres postgres =
        new Postgres(
            repository, directory.resolve("pg"), Ports.free(), "secret", Postgres.durable());
    try (ServerProcess running = start(postgres)) {
      postgres.createDatabase("auth", "first");
      postgres.createDatabase("auth", "second");
      String pidFile = Files.readAllLines(directory.resolve("pg/postmaster.pid")).getFirst();
      assertEquals(running.handle().pid(), Long.parseLong(pidFile));
      try (var connection = DriverManager.getConnection(postgres.url("auth"), "auth", "second");
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept (id int)");
        var fsync = statement.executeQuery("SHOW fsync");
        assertTrue(fsync.next());
        assertEquals("on", fsync.getString(1));
      }
    }
    try (ServerProcess running = start(postgres);
        var connection = DriverManager.getConnection(postgres.url("auth"), "auth", "second");
        var statement = connection.createStatement()) {
      assertTrue(running.isAlive());
      assertFalse(statement.executeQuery("SELECT * FROM kept").next());
    }
  }

  @Test
  void redisAnswers() throws Exception {
    Redis redis = new Redis(repository, directory.resolve("redis"), Ports.free(), Redis.durable());
    try (ServerProcess running = start(redis)) {
      assertTrue(running.isAlive());
    }
    assertTrue(Files.exists(directory.resolve("redis/appendonly.aof")));
  }

  @Test
  void aBrokerStartsAgainOnItsData() throws Exception {
    String cluster = KafkaBroker.newClusterId();
    for (int start = 0; start < 2; start++) {
      KafkaNode node = KafkaNode.onFreePorts(1);
      KafkaBroker broker =
          new KafkaBroker(
              repository, directory.resolve("kafka"), cluster, node, List.of(node), Map.of());
      try (ServerProcess running = start(broker)) {
        assertTrue(running.isAlive());
      }
    }
  }

  private ServerProcess start(Server server) throws Exception {
    server.prepare();
    ServerProcess process = ServerProcess.start(server, directory, directory.resolve("log"));
    try {
      process.awaitReady(LONG);
    } catch (Exception e) {
      process.kill();
      throw new AssertionError(Files.readString(directory.resolve("log")), e);
    }
    return process;
  }
}
