package dev.parley.messages.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Role;
import dev.parley.contracts.Timestamps;
import dev.parley.contracts.Topics;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.json.JsonText;
import dev.parley.messages.fanout.Fanouts;
import dev.parley.messages.probe.KafkaProbe;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class CommandsIT {
  @Inject DataSource dataSource;
  @Inject Topics topics;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  @Test
  void sendBecomesAnEventAndADelivery() throws Exception {
    Rows rows = new Rows(dataSource);
    UUID user = UUID.randomUUID();
    UUID conversation = rows.group(user, Role.MEMBER);
    Command.Send send =
        Sends.by(user, conversation, UUID.randomUUID(), JsonText.of("{\"text\":\"hi 🙂\"}"));
    try (KafkaProbe probe = new KafkaProbe(kafka, topics)) {
      probe.send(send);
      var message = probe.records(topics.deliveries().name(), Topics.BROADCAST, 1).getFirst();
      assertEquals(
          "00-trace", new String(KafkaProbe.header(message, RecordHeaders.TRACEPARENT), UTF_8));
      assertNotNull(KafkaProbe.header(message, RecordHeaders.RECEIVED));
      List<Delivery> deliveries = probe.deliveries(Topics.BROADCAST, 1);

      Delivery.Event event = assertInstanceOf(Delivery.Event.class, deliveries.getFirst());
      assertEquals(1, event.seq());
      assertEquals(send.reply(), event.reply());
      assertEquals(
          "{\"type\":\"event\",\"event\":\"message\",\"conversation\":\"%s\",\"seq\":1,\"at\":\"%s\",\"user\":\"%s\",\"message\":\"%s\",\"content\":{\"text\":\"hi 🙂\"}}"
              .formatted(conversation, Timestamps.text(event.at()), user, send.request()),
          event.json().toString());
      assertEquals(List.of(event.json()), rows.log(conversation));
    }
  }

  /// A broker refuses what claims to be from more than an hour ahead: a service whose clock was
  /// wrong could not deliver.
  @Test
  void recordsFromAClockThatIsAheadAreTaken() throws Exception {
    long ahead = System.currentTimeMillis() + Duration.ofDays(2).toMillis();
    try (var producer = Fanouts.producer(Map.of("bootstrap.servers", kafka))) {
      byte[] nothing = {};
      producer
          .send(
              new ProducerRecord<>(
                  topics.deliveries().name(), Topics.SLOTS, ahead, nothing, nothing))
          .get();
    }
  }
}
