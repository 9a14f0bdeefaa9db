package dev.parley.runtime.revocation;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Topics;
import dev.parley.contracts.token.AccessTokens;
import dev.parley.contracts.token.Revocation;
import dev.parley.contracts.token.RevocationCodec;
import dev.parley.runtime.kafka.KafkaConfig;
import dev.parley.runtime.kafka.KafkaTopics;
import dev.parley.testing.Backends;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaRevocationsIT {
  private static final Backends BACKENDS = Backends.ofThisProcess();
  private static final Map<String, Object> CLIENT =
      Map.of("bootstrap.servers", BACKENDS.kafka(), "request.timeout.ms", "8000");
  private static final UUID USER = UUID.randomUUID();

  private record Config(Optional<String> topicPrefix, short replication, Duration patience)
      implements KafkaConfig {
    @Override
    public int commandPartitions() {
      return Topics.COMMAND_PARTITIONS;
    }

    @Override
    public Duration watch() {
      return Duration.ofSeconds(10);
    }
  }

  private final KafkaTopics kafka =
      new KafkaTopics(CLIENT, new Config(Optional.empty(), (short) 1, Duration.ofMinutes(2)));
  private final Topics.Spec topic =
      new Topics(BACKENDS.topicPrefix() + UUID.randomUUID() + ".").revocations();
  private final Revocations revocations = new Revocations(Clock.systemUTC());
  private final KafkaRevocations follower = new KafkaRevocations(CLIENT, kafka, topic, revocations);
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void connect() {
    kafka.ensure(List.of(topic));
    producer = new KafkaProducer<>(CLIENT, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    follower.close();
    producer.close();
    // The metrics of the next one have the same name.
    await()
        .until(() ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("revocations")));
  }

  @Test
  void whatWasRevokedBeforeIsKnownOnceItHasCaughtUp() throws Exception {
    UUID login = UUID.randomUUID();
    publish(new Revocation.Login(login, Instant.now()));
    producer.send(new ProducerRecord<>(topic.name(), new byte[] {1}, new byte[] {2})).get();
    UUID old = UUID.randomUUID();
    Instant longAgo = Instant.now().minus(AccessTokens.LONGEST_LIFE.multipliedBy(2));
    publish(new Revocation.Login(old, longAgo));
    assertFalse(follower.caughtUp());
    follower.start();
    await().atMost(Duration.ofSeconds(30)).until(follower::caughtUp);
    assertTrue(revocations.isRevoked(login, USER, Instant.now()));
    assertFalse(revocations.isRevoked(old, USER, Instant.now()));
  }

  @Test
  void whatIsRevokedLaterIsToldToTheListener() throws Exception {
    List<Revocation> told = new CopyOnWriteArrayList<>();
    revocations.onRevoked(told::add);
    follower.start();
    await().atMost(Duration.ofSeconds(30)).until(follower::caughtUp);
    publish(new Revocation.User(USER, Instant.now()));
    await().atMost(Duration.ofSeconds(30)).until(() -> told.size() == 1);
    assertTrue(revocations.isRevoked(UUID.randomUUID(), USER, Instant.now().minusSeconds(60)));
  }

  @Test
  void waitingForTheNextOneKeepsItsConnections() throws Exception {
    follower.start();
    await().atMost(Duration.ofSeconds(30)).until(follower::caughtUp);
    double begun = closedConnections();
    double fetches = metric("consumer-fetch-manager-metrics", "fetch-total");
    // Every fetch would cost one; one may, if the machine stands still meanwhile.
    await()
        .until(() ->
            metric("consumer-fetch-manager-metrics", "fetch-total") - fetches
                >= 2 + 2 * (closedConnections() - begun));
  }

  private static double closedConnections() throws Exception {
    return metric("consumer-metrics", "connection-close-total");
  }

  private static double metric(String group, String name) throws Exception {
    return (double)
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName("kafka.consumer:type=" + group + ",client-id=revocations"), name);
  }

  private void publish(Revocation revocation) throws Exception {
    var record =
        new ProducerRecord<>(
            topic.name(), RevocationCodec.key(revocation), RevocationCodec.value(revocation));
    RevocationCodec.headers(revocation).bytes().forEach(record.headers()::add);
    producer.send(record).get();
  }
}
