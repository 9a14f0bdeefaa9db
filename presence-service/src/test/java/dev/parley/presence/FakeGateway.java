package dev.parley.presence;

import dev.parley.contracts.Topics;
import dev.parley.contracts.presence.PresenceKeys;
import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.presence.SessionRecord;
import dev.parley.contracts.presence.SessionRecord.LiveSession;
import dev.parley.contracts.presence.SessionRecordCodec;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.testing.Backends;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A gateway as presence sees one: it holds a slot, reports sessions, and reads its slot.
final class FakeGateway implements AutoCloseable {
  private final SlotAddress address;
  private final Topics topics;
  private final RoutingKeys keys;
  private final PresenceKeys wishes;
  private final RedisLine redis;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<UUID, LiveSession> sessions = new LinkedHashMap<>();
  private final List<String> pushed = new ArrayList<>();
  private long snapshots;
  private String wish = "";

  FakeGateway(int slot) {
    Backends backends = Backends.ofThisProcess();
    this.address = new SlotAddress(slot, "7-" + UUID.randomUUID().toString().substring(0, 8));
    this.topics = new Topics(backends.topicPrefix());
    this.keys = new RoutingKeys(backends.keyPrefix());
    this.wishes = new PresenceKeys(backends.keyPrefix());
    this.redis = new RedisLine(backends.redis());
    Properties settings = new Properties();
    settings.put("bootstrap.servers", backends.kafka());
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> slots =
        List.of(
            new TopicPartition(topics.signalDeliveries().name(), slot),
            new TopicPartition(topics.signalDeliveries().name(), Topics.BROADCAST));
    consumer.assign(slots);
    consumer.seekToEnd(slots);
    slots.forEach(consumer::position);
    claim();
    snapshot();
  }

  /// Takes the slot. Tests end the lease themselves, so it has no end of its own.
  void claim() {
    redis.call("SET", keys.lease(address.slot()), address.incarnation());
    redis.call("SET", keys.complete(), "1");
  }

  /// What a SIGKILL and the end of the lease leave.
  void die() {
    redis.call("DEL", keys.lease(address.slot()));
  }

  void watch(UUID user) {
    redis.call("SADD", keys.route(Route.presence(user)), address.toString());
  }

  UUID open(UUID user) {
    UUID session = UUID.randomUUID();
    long at = System.currentTimeMillis();
    sessions.put(session, new LiveSession(user, session, at, PresenceStatus.ONLINE, null));
    send(new SessionRecord.Opened(address, user, session, at));
    return session;
  }

  void say(UUID session, PresenceStatus status, String text) {
    UUID user = sessions.get(session).user();
    long at = System.currentTimeMillis();
    sessions.put(session, new LiveSession(user, session, at, status, text));
    send(new SessionRecord.Status(address, user, session, at, status, text));
  }

  void close(UUID session) {
    LiveSession closed = sessions.remove(session);
    send(new SessionRecord.Closed(address, closed.user(), session, System.currentTimeMillis()));
  }

  /// Forgets a session without telling anybody.
  void lose(UUID session) {
    sessions.remove(session);
  }

  /// Sends a snapshot if one is wanted, as a gateway does when it renews its lease.
  void renew() {
    String wanted = redis.call("GET", wishes.snapshotWanted());
    if (!wanted.equals(wish)) {
      wish = wanted;
      snapshot();
    }
  }

  void snapshot() {
    snapshots++;
    for (int partition = 0; partition < Topics.SESSION_PARTITIONS; partition++) {
      int mine = partition;
      List<LiveSession> part =
          sessions.values().stream()
              .filter(session -> SessionRecordCodec.partition(session.user()) == mine)
              .toList();
      send(partition, new SessionRecord.Snapshot(address, snapshots, 0, false, part));
      send(partition, new SessionRecord.Snapshot(address, snapshots, 1, true, List.of()));
    }
    producer.flush();
  }

  /// Every push about `user` that has come so far.
  List<String> pushes(UUID user) {
    consumer
        .poll(Duration.ofMillis(50))
        .forEach(record -> {
          boolean directed = record.partition() == address.slot();
          pushed.add((directed ? "" : "broadcast ") + text(record.value()));
        });
    return pushed.stream().filter(push -> push.contains(user.toString())).toList();
  }

  @Override
  public void close() {
    die();
    producer.close();
    consumer.close();
    redis.close();
  }

  private void send(SessionRecord change) {
    UUID user =
        switch (change) {
          case SessionRecord.Opened o -> o.user();
          case SessionRecord.Closed c -> c.user();
          case SessionRecord.Status s -> s.user();
          case SessionRecord.Snapshot s -> throw new IllegalArgumentException("no user");
        };
    send(SessionRecordCodec.partition(user), change);
    producer.flush();
  }

  private void send(int partition, SessionRecord change) {
    var record =
        new ProducerRecord<>(
            topics.sessions().name(),
            partition,
            SessionRecordCodec.key(change),
            SessionRecordCodec.value(change));
    SessionRecordCodec.headers(change)
        .bytes()
        .forEach((name, value) -> record.headers().add(name, value));
    var _ =
        producer.send(
            record,
            (done, failure) -> {
              if (failure != null) {
                throw new IllegalStateException(failure);
              }
            });
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }
}
