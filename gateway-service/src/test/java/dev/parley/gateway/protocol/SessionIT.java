package dev.parley.gateway.protocol;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Partitions;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Topics;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.command.CommandCodec;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.DeliveryCodec;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.delivery.ReplyEncoder;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.token.Revocation;
import dev.parley.contracts.token.RevocationCodec;
import dev.parley.gateway.route.Slot;
import dev.parley.gateway.route.SlotChange;
import dev.parley.testing.ForgedTokens;
import dev.parley.testing.ParleyBackends;
import dev.parley.testing.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
@QuarkusTestResource(value = StubServices.class, restrictToAnnotatedClass = true)
class SessionIT {
  private static final String C = StubServices.MEMBER_OF;

  @TestHTTPResource("/")
  URI server;

  @Inject Topics topics;
  @Inject Slot held;
  @Inject Event<SlotChange> slot;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  private final TokenIssuer issuer = TokenIssuer.shared();
  private final UUID user = UUID.randomUUID();
  private KafkaProducer<byte[], byte[]> producer;
  private KafkaConsumer<byte[], byte[]> consumer;

  @BeforeEach
  void connectToKafka() {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, Topics.COMMAND_PARTITIONS)
            .mapToObj(number -> new TopicPartition(topics.commands().name(), number))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  @AfterEach
  void disconnect() {
    producer.close();
    consumer.close();
  }

  @Test
  void sentComesInTheEventsPlaceAndTheOtherSessionGetsTheEvent() throws Exception {
    UUID message = UUID.randomUUID();
    try (Client sender = connected(issuer.token(user));
        Client other = connected(issuer.token(UUID.randomUUID()))) {
      sender.says(
          "{\"id\":5,\"type\":\"send\",\"conversation\":\"%s\",\"message\":\"%s\",\"content\":{ \"text\" : \"hi 👍\" }}"
              .formatted(C, message));

      ConsumerRecord<byte[], byte[]> record = command();
      Command.Send send =
          assertInstanceOf(
              Command.Send.class,
              CommandCodec.decode(record.key(), headers(record), record.value()));
      assertEquals(Partitions.of(Ids.parse(C), Topics.COMMAND_PARTITIONS), record.partition());
      assertEquals(user, send.user());
      assertEquals(message, send.request());
      assertEquals("{\"text\":\"hi 👍\"}", send.content().toString());
      assertTrue(headers(record).text("traceparent").matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00"));
      assertTrue(
          Math.abs(headers(record).number("received") - Instant.now().toEpochMilli()) < 60_000);

      JsonText json = JsonText.of("{\"type\":\"event\",\"event\":\"message\",\"seq\":4}");
      deliver(
          new Delivery.Event(
              send.conversation(), 4, 0, "message", user, null, message, send.reply(), json));
      assertEquals(
          "{\"id\":5,\"type\":\"sent\",\"conversation\":\"%s\",\"message\":\"%s\",\"seq\":4,\"at\":\"1970-01-01T00:00:00.000Z\"}"
              .formatted(C, message),
          sender.hears());
      assertEquals(json.toString(), other.hears());
    }
  }

  @Test
  void refusalOfTheMessageServiceReachesTheSenderOnce() throws Exception {
    try (Client client = connected(issuer.token(user))) {
      client.says(
          "{\"id\":7,\"type\":\"send\",\"conversation\":\"%s\",\"message\":\"%s\",\"content\":{}}"
              .formatted(UUID.randomUUID(), UUID.randomUUID()));
      ConsumerRecord<byte[], byte[]> record = command();
      ReplyAddress to = ReplyAddress.parse(headers(record).text("reply"));
      JsonText refusal = ReplyEncoder.error(ErrorCode.NOT_FOUND, "No such conversation.");
      deliver(new Delivery.Reply(to, refusal));
      deliver(new Delivery.Reply(to, refusal));
      assertEquals(
          "{\"id\":7,\"type\":\"error\",\"code\":\"not_found\",\"message\":\"No such conversation.\"}",
          client.hears());
      client.says("{\"id\":8,\"type\":\"ping\"}");
      assertEquals("{\"id\":8,\"type\":\"pong\"}", client.hears());
    }
  }

  @Test
  void subscribeHistoryAndWatchAskTheServicesBehind() throws Exception {
    UUID channel = UUID.randomUUID();
    try (Client client = connected(issuer.token(user))) {
      client.says(
          "{\"id\":2,\"type\":\"subscribe\",\"conversation\":\"%s\"}\n".formatted(channel)
              + "{\"id\":3,\"type\":\"subscribe\",\"conversation\":\"%s\"}"
                  .formatted(StubServices.FORBIDDEN));
      assertEquals(
          "{\"id\":2,\"type\":\"subscribed\",\"conversation\":\"%s\",\"seq\":3}".formatted(channel),
          client.hears());
      assertTrue(client.hears().startsWith("{\"id\":3,\"type\":\"error\",\"code\":\"not_found\""));
      client.says("{\"id\":4,\"type\":\"history\",\"conversation\":\"%s\"}".formatted(channel));
      assertEquals(
          "{\"id\":4,\"type\":\"history\",\"conversation\":\"%s\",\"events\":[{\"seq\":2},{\"seq\":3}],\"more\":true}"
              .formatted(channel),
          client.hears());
      client.says("{\"id\":5,\"type\":\"watch\",\"users\":[\"%s\"]}".formatted(channel));
      assertEquals(
          "{\"id\":5,\"type\":\"watching\",\"users\":[{\"user\":\"%s\",\"status\":\"online\"}]}"
              .formatted(channel),
          client.hears());
    }
  }

  @Test
  void whatAnOutageKeptFromAWatcherIsToldAfterIt() throws Exception {
    UUID friend = UUID.randomUUID();
    String shown = "\"user\":\"%s\",\"status\":\"%s\"}";
    try (Client client = connected(issuer.token(user))) {
      StubServices.status = "unknown";
      client.says("{\"id\":5,\"type\":\"watch\",\"users\":[\"%s\"]}".formatted(friend));
      assertTrue(client.hears().contains(shown.formatted(friend, "unknown")));
      StubServices.status = "online";
      assertEquals("{\"type\":\"presence\"," + shown.formatted(friend, "online"), client.hears());

      // A change that was told to the gateways that Redis named.
      StubServices.status = "away";
      slot.fire(new SlotChange.Recovered(held.address().orElseThrow()));
      assertEquals("{\"type\":\"presence\"," + shown.formatted(friend, "away"), client.hears());
    } finally {
      StubServices.status = "online";
    }
  }

  @Test
  void everyForgedTokenIsUnauthenticatedAndClosedWith4401() throws Exception {
    connected(issuer.token(user)).close();
    for (ForgedTokens.Forged forged : issuer.forged(user)) {
      try (Client client = Client.open(server)) {
        client.says(
            "{\"id\":1,\"type\":\"connect\",\"token\":"
                + new ObjectMapper().writeValueAsString(forged.token())
                + "}");
        String answer = client.hears();
        assertTrue(
            answer.startsWith("{\"id\":1,\"type\":\"error\",\"code\":\"unauthenticated\""),
            () -> forged + ": " + answer);
        assertEquals(4401, client.closed(), forged::toString);
      }
    }
  }

  @Test
  void revokedLoginClosesItsSessionsWith4403() throws Exception {
    UUID login = UUID.randomUUID();
    try (Client revoked = connected(issuer.token(user, login));
        Client other = connected(issuer.token(user))) {
      Revocation revocation = new Revocation.Login(login, Instant.now());
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topics.revocations().name(),
              0,
              RevocationCodec.key(revocation),
              RevocationCodec.value(revocation));
      add(record, RevocationCodec.headers(revocation));
      producer.send(record).get();
      assertEquals(4403, revoked.closed());
      other.says("{\"id\":2,\"type\":\"ping\"}");
      assertEquals("{\"id\":2,\"type\":\"pong\"}", other.hears());
    }
  }

  @Test
  void sessionEndsWithItsToken() throws Exception {
    String token = issuer.token(user, UUID.randomUUID(), Instant.now().plusSeconds(4));
    try (Client client = connected(token)) {
      assertTrue(client.hears().startsWith("{\"type\":\"expiring\""));
      assertEquals(4401, client.closed());
    }
  }

  /// A session that is open; a gateway that still claims its slot is asked again.
  private Client connected(String token) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              Client client;
              try {
                client = Client.open(server);
              } catch (CompletionException e) {
                return null;
              }
              client.says("{\"id\":1,\"type\":\"connect\",\"token\":\"" + token + "\"}");
              if (client.hears().startsWith("{\"id\":1,\"type\":\"connected\"")) {
                return client;
              }
              client.close();
              return null;
            },
            client -> client != null);
  }

  private ConsumerRecord<byte[], byte[]> command() {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              var records = consumer.poll(Duration.ofMillis(200));
              return records.isEmpty() ? null : records.iterator().next();
            },
            record -> record != null);
  }

  private void deliver(Delivery delivery) throws Exception {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topics.deliveries().name(), Topics.BROADCAST, null, delivery.json().utf8());
    add(record, DeliveryCodec.headers(delivery));
    producer.send(record).get();
  }

  private static void add(ProducerRecord<byte[], byte[]> record, RecordHeaders headers) {
    headers.bytes().forEach((name, value) -> record.headers().add(new RecordHeader(name, value)));
  }

  private static RecordHeaders.Reader headers(ConsumerRecord<byte[], byte[]> record) {
    return new RecordHeaders.Reader(name -> {
      var header = record.headers().lastHeader(name);
      return header == null ? null : header.value();
    });
  }
}
