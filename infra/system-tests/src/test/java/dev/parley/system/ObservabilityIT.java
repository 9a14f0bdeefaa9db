package dev.parley.system;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.servers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// What operators look at, asked of a real Prometheus over a stack under load: first while all is
/// well, then while one thing is broken at a time. Skipped where there is no Prometheus.
@ExtendWith({InProcesses.class, WithPrometheus.class, SharedStack.class})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObservabilityIT {
  private static final Duration SOON = Duration.ofMinutes(3);

  private static Prometheus prometheus;
  private static Load load;
  private static Person ada;
  private static String group;

  @BeforeAll
  static void scrapeAndTalk(ProcessStack stack) throws Exception {
    prometheus = Prometheus.over(stack);
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      people.add(Person.registered(stack));
    }
    ada = people.getFirst();
    group = ada.opened("group", people.subList(1, 4).toArray(Person[]::new));
    load = Load.by(stack, people, group);
  }

  @AfterAll
  static void end() throws Exception {
    try {
      load.end();
    } finally {
      prometheus.end();
    }
  }

  @Test
  @Order(1)
  void everyPanelShowsSomething() throws Exception {
    List<Dashboards.Query> silent = new ArrayList<>(Dashboards.queries());
    assertTrue(silent.size() > 50, silent.size() + " queries");
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> {
          List<Dashboards.Query> still = new ArrayList<>();
          for (Dashboards.Query query : silent) {
            if (prometheus.samples(query.expression()).isEmpty()) {
              still.add(query);
            }
          }
          silent.retainAll(still);
          assertEquals(List.of(), silent);
        });
  }

  @Test
  @Order(2)
  void everyMetricOfOursIsOnItsPage() throws Exception {
    String page = Files.readString(Repository.find().root().resolve("docs/metrics.md"));
    List<String> missing =
        prometheus.names().stream()
            .filter(name -> name.startsWith("parley_"))
            .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
            .distinct()
            .filter(name -> !page.contains("`" + name + "`"))
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  @Order(3)
  void noAlertFiresWhileAllIsWell() throws Exception {
    await()
        .atMost(SOON)
        .until(() -> prometheus.alerts().stream().allMatch(ObservabilityIT::evaluated));
    // What a machine that stood still has brought about is over a minute or two later.
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertEquals(
                List.of(),
                prometheus.alerts().stream()
                    .filter(alert -> alert.state().equals("firing"))
                    .toList()));
  }

  private static boolean evaluated(Prometheus.Alert alert) {
    return alert.health().equals("ok");
  }

  @Test
  @Order(4)
  void aGatewayThatIsDownIsTold(ProcessStack stack) throws Exception {
    awaitQuiet("GatewayDown");
    stack.stop("gateway-2");
    awaitCondition("GatewayDown");
    whole(stack, "gateway-2");
    awaitQuiet("GatewayDown");
  }

  @Test
  @Order(5)
  void aRedisThatIsDownIsTold(ProcessStack stack) throws Exception {
    awaitQuiet("RedisDown");
    stack.stop("redis");
    awaitCondition("RedisDown");
    whole(stack, "redis");
  }

  /// What waits is seen although nobody reads it.
  @Test
  @Order(6)
  void aDatabaseThatIsDownAndCommandsThatWaitAreTold(ProcessStack stack) throws Exception {
    awaitQuiet("DatabaseDown");
    awaitQuiet("ConsumerLag");
    ada.logIn();
    try (Live busy = Live.connected(stack.gateway(1), ada)) {
      stack.stop("postgres");
      for (int i = 0; i < 300; i++) {
        busy.send(group, UUID.randomUUID(), "into a queue");
      }
      awaitCondition("DatabaseDown");
      awaitCondition("ConsumerLag");
    }
    whole(stack, "postgres");
    awaitQuiet("ConsumerLag");
  }

  /// Until the disk has room again everything waits, and goes on by itself then.
  @Test
  @Order(7)
  void aFullDiskIsTold(ProcessStack stack) throws Exception {
    awaitQuiet("DiskFull");
    stack.stop("postgres");
    Optional<SmallDisk> found = SmallDisk.holding(stack.store("postgres"));
    whole(stack, "postgres");
    assumeTrue(found.isPresent(), "this machine or this user cannot mount a small disk");
    SmallDisk disk = found.get();
    try {
      disk.fill();
      awaitCondition("DiskFull");
      disk.free();
      await().atMost(SOON).ignoreExceptions().until(() -> sent(stack));
    } finally {
      disk.free();
      stack.stop("postgres");
      disk.leave();
      whole(stack, "postgres");
    }
  }

  private static boolean sent(ProcessStack stack) throws Exception {
    ada.logIn();
    try (Live live = Live.connected(stack.gateway(1), ada)) {
      return live.sent(group, "room again") > 0;
    }
  }

  private static void whole(ProcessStack stack, String process) throws IOException {
    stack.start(process);
    await().atMost(Duration.ofMinutes(2)).until(stack::ready);
  }

  private static void awaitQuiet(String alert) {
    await(alert).atMost(SOON).until(() -> prometheus.samples(query(alert)).isEmpty());
  }

  private static void awaitCondition(String alert) {
    await(alert).atMost(SOON).until(() -> !prometheus.samples(query(alert)).isEmpty());
  }

  private static String query(String name) throws Exception {
    return prometheus.alerts().stream()
        .filter(alert -> alert.name().equals(name))
        .findFirst()
        .orElseThrow()
        .query();
  }
}
