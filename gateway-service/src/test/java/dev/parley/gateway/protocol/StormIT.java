package dev.parley.gateway.protocol;

import static dev.parley.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Topics;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.command.CommandCodec;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.DeliveryCodec;
import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.route.Slot;
import dev.parley.testing.ParleyBackends;
import dev.parley.testing.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
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
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/// The other of two gateways was killed: all its sessions resume here, while those that are here
/// already go on. Everything is real but the message-service, which says how many statements it
/// would have executed.
@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
@QuarkusTestResource(value = StubServices.class, restrictToAnnotatedClass = true)
class StormIT {
  private static final Logger LOG = Logger.getLogger(StormIT.class);
  private static final int SESSIONS = 5000;
  private static final int CONVERSATIONS = 20;
  private static final int MOST_STATEMENTS = 500;
  private static final int PINGING = 10;

  /// The longest that anything takes that a connected client asks for: whoever starves waits until
  /// the storm is over.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @TestHTTPResource("/")
  URI server;

  @Inject Slot slot;
  @Inject Topics topics;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  @ConfigProperty(name = "parley.messages.url")
  List<URI> messages;

  private final UUID busy = UUID.randomUUID();
  private volatile boolean over;

  @Test
  void fiveThousandResumeWithFewStatementsAndStarveNobody() throws Exception {
    await().atMost(Duration.ofMinutes(1)).until(() -> slot.address().isPresent());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Storm storm = new Storm(server, CONVERSATIONS)) {
      List<Future<Duration>> connected = new ArrayList<>();
      Future<Void> answering = threads.submit(this::answerSends);
      Client sender = connect(",\"resume\":{\"" + busy + "\":3}");
      connected.add(threads.submit(() -> worst(sender, StormIT::send)));
      for (int i = 0; i < PINGING; i++) {
        Client pinging = connect("");
        connected.add(threads.submit(() -> worst(pinging, StormIT::ping)));
      }
      int before = statements();
      long began = System.nanoTime();

      storm.breakOut(SESSIONS);
      try {
        await()
            .atMost(Duration.ofMinutes(3))
            .pollInterval(Duration.ofMillis(200))
            .until(() -> storm.caughtUp() == SESSIONS || storm.wrong() != null);
      } finally {
        over = true;
        LOG.infof(
            "%d of %d caught up after %d ms, %d statements, %d connected again",
            storm.caughtUp(),
            SESSIONS,
            Duration.ofNanos(System.nanoTime() - began).toMillis(),
            statements() - before,
            storm.again());
      }
      assertEquals(null, storm.wrong());
      int statements = statements() - before;
      assertTrue(statements <= MOST_STATEMENTS, statements + " statements");
      for (Future<Duration> one : connected) {
        Duration worst = one.get(30, SECONDS);
        LOG.infof("a connected session waited %d ms at most", worst.toMillis());
        assertTrue(worst.compareTo(PATIENCE) < 0, "a connected session waited " + worst);
      }
      answering.get(30, SECONDS);
    }
  }

  private int statements() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(messages.getLast().resolve(StubServices.STATEMENTS)).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return Integer.parseInt(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  private Client connect(String more) throws Exception {
    Client client = Client.open(server);
    client.says(
        "{\"id\":1,\"type\":\"connect\",\"token\":\"%s\",\"subscribe\":\"none\"%s}"
            .formatted(TokenIssuer.shared().token(UUID.randomUUID()), more));
    String answer = client.hears();
    assertTrue(answer.startsWith("{\"id\":1,\"type\":\"connected\""), answer);
    return client;
  }

  private interface Ask {
    /// What is said, and how the answer begins.
    String of(StormIT test, long id);
  }

  private static String ping(StormIT test, long id) {
    return "{\"id\":%d,\"type\":\"ping\"}".formatted(id);
  }

  private static String send(StormIT test, long id) {
    return "{\"id\":%d,\"type\":\"send\",\"conversation\":\"%s\",\"message\":\"%s\",\"content\":{}}"
        .formatted(id, test.busy, UUID.randomUUID());
  }

  // Asks ten times a second until the storm is over. Returns how long the slowest answer took.
  private Duration worst(Client client, Ask ask) throws Exception {
    long worst = 0;
    try (client) {
      for (long id = 2; !over; id++) {
        long began = System.nanoTime();
        client.says(ask.of(this, id));
        String answer = client.hears();
        worst = Math.max(worst, System.nanoTime() - began);
        assertTrue(answer.matches("\\{\"id\":" + id + ",\"type\":\"(pong|sent)\".*"), answer);
        LockSupport.parkNanos(100_000_000);
      }
    }
    return Duration.ofNanos(worst);
  }

  // The message-service, as far as the sender needs it.
  private Void answerSends() throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", kafka);
    try (var producer =
            new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        var consumer =
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, Topics.COMMAND_PARTITIONS)
              .mapToObj(number -> new TopicPartition(topics.commands().name(), number))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      for (long seq = 4; !over; ) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          var decoded = CommandCodec.decode(record.key(), headers(record), record.value());
          if (decoded instanceof Command.Send send && send.conversation().equals(busy)) {
            producer.send(record(sent(send, seq++))).get();
          }
        }
      }
    }
    return null;
  }

  private static Delivery sent(Command.Send send, long seq) {
    return new Delivery.Event(
        send.conversation(),
        seq,
        0,
        "message",
        send.user(),
        null,
        send.request(),
        send.reply(),
        JsonText.of("{\"type\":\"event\",\"event\":\"message\",\"seq\":" + seq + "}"));
  }

  private ProducerRecord<byte[], byte[]> record(Delivery delivery) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topics.deliveries().name(), Topics.BROADCAST, null, delivery.json().utf8());
    DeliveryCodec.headers(delivery)
        .bytes()
        .forEach((name, value) -> record.headers().add(new RecordHeader(name, value)));
    return record;
  }

  private static RecordHeaders.Reader headers(ConsumerRecord<byte[], byte[]> record) {
    return new RecordHeaders.Reader(name -> {
      var header = record.headers().lastHeader(name);
      return header == null ? null : header.value();
    });
  }
}
