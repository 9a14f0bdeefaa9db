package dev.parley.messages.fanout;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.Role;
import dev.parley.contracts.Topics;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.event.EventDetail;
import dev.parley.contracts.event.EventEncoder;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.log.NewEvent;
import dev.parley.messages.log.PostgresLog;
import dev.parley.messages.probe.KafkaProbe;
import dev.parley.messages.probe.Rows;
import dev.parley.testing.ParleyBackends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Changes that come in over REST reach the gateways, also when the instance that committed them
/// does not live to send them.
@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class OutboxIT {
  @Inject DataSource dataSource;
  @Inject Topics topics;
  @Inject PostgresLog log;
  @Inject Outbox outbox;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  private final UUID user = UUID.randomUUID();
  private Rows rows;
  private KafkaProbe probe;
  private UUID conversation;

  @BeforeEach
  void openConversation() throws Exception {
    rows = new Rows(dataSource);
    probe = new KafkaProbe(kafka, topics);
    conversation = rows.group(user, Role.OWNER);
  }

  @AfterEach
  void closeProbe() {
    probe.close();
  }

  @Test
  void distributedEventsLeaveTheOutbox() throws Exception {
    List<LoggedEvent> events = append(2);
    outbox.distribute(events);
    assertDelivered(events);
    await().until(() -> waiting() == 0);
  }

  @Test
  void eventsLeftBehindAreTakenByTheSweep() throws Exception {
    List<LoggedEvent> events = append(3);
    assertDelivered(events);
    await().until(() -> waiting() == 0);
  }

  /// It swept again at once, with the rows locked for as long as it waited: while one instance was
  /// cut off from Kafka, what came in over REST reached nobody.
  @Test
  void oneWhoDoesNotReachKafkaLeavesTheRowsToOthers() throws Exception {
    FanoutConfig eager =
        Fanouts.config(Map.of("outbox-age", "0s", "outbox-patience", "2s", "outbox-sweep", "2s"));
    AtomicInteger failures = new AtomicInteger();
    Outbox cutOff =
        new Outbox(
            Fanouts.broadcasting(
                new MockProducer<>(
                    false, null, new ByteArraySerializer(), new ByteArraySerializer()),
                topics,
                Failpoints.NONE),
            new PostgresOutbox(dataSource),
            eager,
            new SimpleMeterRegistry(),
            failure -> failures.incrementAndGet());
    cutOff.start();
    try {
      List<LoggedEvent> events = append(2);
      assertDelivered(events);
      await().until(() -> waiting() == 0);
      assertEquals(0, failures.get());
    } finally {
      cutOff.stop();
    }
  }

  @Test
  void undoneTransactionLeavesNothing() throws Exception {
    assertThrows(
        IllegalStateException.class,
        () ->
            QuarkusTransaction.requiringNew()
                .run(() -> {
                  log.append(conversation, events(2));
                  throw new IllegalStateException("undone");
                }));
    assertEquals(List.of(), rows.log(conversation));
    assertEquals(0, waiting());
    assertEquals(1, append(1).getFirst().seq());
  }

  private List<LoggedEvent> append(int count) {
    return QuarkusTransaction.requiringNew().call(() -> log.append(conversation, events(count)));
  }

  private List<NewEvent> events(int count) {
    return Stream.generate(() ->
            new NewEvent(
                EventKind.UPDATED,
                user,
                null,
                UUID.randomUUID(),
                null,
                EventDetail.updated("title", null, null)))
        .limit(count)
        .toList();
  }

  private void assertDelivered(List<LoggedEvent> events) throws Exception {
    await()
        .until(() -> {
          probe.poll(topics.deliveries().name(), Topics.BROADCAST);
          return probe.deliveries(Topics.BROADCAST, 0).stream()
              .map(Delivery::json)
              .toList()
              .containsAll(events.stream().map(EventEncoder::encode).toList());
        });
  }

  private long waiting() throws Exception {
    return rows.number("SELECT count(*) FROM outbox WHERE conversation = ?", conversation);
  }
}
