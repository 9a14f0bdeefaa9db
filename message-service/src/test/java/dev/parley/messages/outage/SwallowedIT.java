package dev.parley.messages.outage;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Role;
import dev.parley.contracts.Topics;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.messages.database.PostgresDatabase;
import dev.parley.messages.probe.KafkaProbe;
import dev.parley.messages.probe.Line;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import dev.parley.runtime.problem.Problem;
import dev.parley.testing.Backends;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

@QuarkusTest
@QuarkusTestResource(value = Lines.class, restrictToAnnotatedClass = true)
@TestProfile(SwallowedIT.Quick.class)
class SwallowedIT {
  private static final SlotAddress GATEWAY = Sends.address().gateway();

  /// Asks a dead Redis more often than a service does, and no longer than a service, unlike other
  /// tests.
  public static final class Quick implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "parley.messages.fanout.lookup-pause-max", "100ms",
          "parley.messages.fanout.lookup-timeout", "250ms");
    }
  }

  @Inject DataSource dataSource;
  @Inject PostgresDatabase database;
  @Inject Topics topics;
  @Inject RedisDataSource redis;
  @Inject MeterRegistry metrics;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  @ConfigProperty(name = "parley.redis.key-prefix")
  String prefix;

  Line toPostgres;
  Line toRedis;

  private final UUID user = UUID.randomUUID();
  private Rows rows;
  private KafkaProbe probe;
  private UUID conversation;

  @BeforeEach
  void openConversation() throws Exception {
    Backends backends = Backends.ofThisProcess();
    PGSimpleDataSource direct = new PGSimpleDataSource();
    direct.setUrl(backends.database(""));
    direct.setUser(backends.user());
    direct.setPassword(backends.password());
    rows = new Rows(direct);
    probe = new KafkaProbe(kafka, topics);
    conversation = rows.group(user, Role.MEMBER);
  }

  @AfterEach
  void restore() {
    toPostgres.restore();
    toRedis.restore();
    probe.close();
    RoutingKeys keys = new RoutingKeys(prefix);
    // Other tests would have nobody told where they await a broadcast.
    await()
        .ignoreExceptions()
        .until(() -> redis.key(String.class).del(keys.complete(), keys.lease(GATEWAY.slot())) >= 0);
  }

  /// A statement waited for half a minute, and then each connection of the pool did as long as
  /// somebody looked whether it lived.
  @Test
  void postgresThatDoesNotAnswerIsLeftAndFoundWithinSeconds() throws Exception {
    send();
    await().until(() -> rows.log(conversation).size() == 1);
    fillThePool();
    double before = retries();
    toPostgres.swallow();
    send();
    long asked = System.nanoTime();
    Problem refused =
        assertThrows(
            Problem.class, () -> database.read(c -> c.createStatement().execute("SELECT 1")));
    assertEquals(ErrorCode.UNAVAILABLE, refused.code());
    assertTrue(System.nanoTime() - asked < Duration.ofSeconds(20).toNanos());
    await().atMost(Duration.ofSeconds(20)).until(() -> retries() > before);
    toPostgres.restore();
    await().atMost(Duration.ofSeconds(15)).until(() -> rows.log(conversation).size() == 2);
    database.read(c -> c.createStatement().execute("SELECT 1"));
  }

  /// Connections on which nothing came were never given back; after six of them routes were unknown
  /// until the service was started again.
  @Test
  void redisThatDoesNotAnswerDelaysNobodyAndIsFoundWithinSeconds() throws Exception {
    interest();
    send();
    probe.records(topics.deliveries().name(), GATEWAY.slot(), 1);
    toRedis.swallow();
    double enough = failures() + 8;
    List<Long> delays = new ArrayList<>();
    while (failures() < enough) {
      long before = probe.poll(topics.deliveries().name(), Topics.BROADCAST);
      long sent = System.nanoTime();
      send();
      await().until(() -> probe.poll(topics.deliveries().name(), Topics.BROADCAST) > before);
      delays.add(System.nanoTime() - sent);
    }
    // The machine may stand still at times. Redis' client itself gives up after 5 s.
    Collections.sort(delays);
    assertTrue(delays.get(delays.size() / 2) < Duration.ofSeconds(3).toNanos(), delays::toString);
    toRedis.restore();
    long directed = probe.poll(topics.deliveries().name(), GATEWAY.slot());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          send();
          return probe.poll(topics.deliveries().name(), GATEWAY.slot()) > directed;
        });
  }

  private Command send() throws Exception {
    Command.Send send = Sends.by(user, conversation, UUID.randomUUID());
    probe.send(send);
    return send;
  }

  private void fillThePool() throws Exception {
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      all.add(dataSource.getConnection());
    }
    for (Connection one : all) {
      one.close();
    }
  }

  private void interest() {
    RoutingKeys keys = new RoutingKeys(prefix);
    redis.value(String.class).set(keys.complete(), "1");
    redis.value(String.class).set(keys.lease(GATEWAY.slot()), GATEWAY.incarnation());
    redis.set(String.class).sadd(keys.route(Route.conversation(conversation)), GATEWAY.toString());
  }

  private double retries() {
    return metrics.counter("parley.messages.retries").count();
  }

  private double failures() {
    return metrics.counter("parley.routes.lookups", "result", "failed").count();
  }
}
