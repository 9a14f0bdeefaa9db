package dev.parley.chaos.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashesTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Crashes crashes = new Crashes(() -> now);

  @TempDir Path directory;

  @Test
  void whoIsKilledDoesNotEndByThemselves() {
    crashes.killing("gateway-1");
    pass(1);
    crashes.crashed("gateway-1", 137);
    assertEquals(List.of(), crashes.unexplained());
  }

  @Test
  void oneKillExplainsOneEndOfOneProcess() {
    crashes.killing("gateway-1");
    crashes.crashed("gateway-2", 137);
    crashes.crashed("gateway-1", 137);
    crashes.crashed("gateway-1", 137);
    named("gateway-2 ended by itself with 137", "gateway-1 ended by itself with 137");
  }

  @Test
  void whoEndsAsNoKillDoesIsNamed() {
    crashes.killing("message-service-1");
    crashes.crashed("message-service-1", 1);
    crashes.crashed("kafka-1", 143);
    named("message-service-1 ended by itself with 1", "kafka-1 ended by itself with 143");
  }

  @Test
  void aKillOfLongAgoExplainsNothing() {
    crashes.killing("redis");
    pass(31);
    crashes.crashed("redis", 137);
    named("redis ended by itself with 137");
  }

  @Test
  void aKilledDatabaseMayFailToStartWhileItsChildrenLive() {
    crashes.killing("postgres");
    crashes.crashed("postgres", 137);
    pass(1);
    crashes.crashed("postgres", 1);
    pass(40);
    crashes.crashed("postgres", 1);
    named("postgres ended by itself with 1");
  }

  @Test
  void onlyTheDatabaseMayEndWhileItsDiskIsFull() {
    crashes.filling();
    pass(60);
    crashes.crashed("postgres", 1);
    crashes.crashed("message-service-1", 1);
    crashes.freed();
    pass(10);
    crashes.crashed("postgres", 1);
    pass(30);
    crashes.crashed("postgres", 2);
    named("message-service-1 ended by itself with 1", "postgres ended by itself with 2");
  }

  @Test
  void whatTheSupervisorTellsIsJudged() throws IOException {
    Path file = directory.resolve("supervisor.log");
    new RunLog(file, crashes).crashed("auth-service", 1, List.of("no"), Duration.ofSeconds(1));
    named("auth-service ended by itself with 1");
    assertTrue(Files.readString(file).contains("auth-service ended with 1"));
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private void named(String... expected) {
    List<String> found =
        crashes.unexplained().stream().map(each -> each.replaceFirst(" at .*", "")).toList();
    assertEquals(List.of(expected), found);
  }
}
