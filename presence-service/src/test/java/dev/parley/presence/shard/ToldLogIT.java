package dev.parley.presence.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Topics;
import dev.parley.contracts.presence.SessionRecordCodec;
import dev.parley.presence.state.ShownStatus;
import dev.parley.presence.state.Told;
import dev.parley.testing.Backends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ToldLogIT {
  private static final Map<String, Object> CLIENT =
      Map.of("bootstrap.servers", Backends.ofThisProcess().kafka());

  /// Everybody's presence is unknown while all shards are read, one after the other. A wait of half
  /// a second at the end of each would make 8 s of it. Most of them, since the machine may stand
  /// still while one is read.
  @Test
  void allShardsAreReadWithoutWaitingForMore() throws Exception {
    String topic = Backends.ofThisProcess().topicPrefix() + UUID.randomUUID();
    ToldLog log = new ToldLog(CLIENT, topic);
    Told told = new Told(ShownStatus.AWAY, "back soon", 7);
    List<UUID> users =
        Stream.generate(UUID::randomUUID).limit(20L * Topics.SESSION_PARTITIONS).toList();
    try (Admin admin = Admin.create(CLIENT);
        var producer =
            new KafkaProducer<>(CLIENT, new ByteArraySerializer(), new ByteArraySerializer())) {
      admin
          .createTopics(List.of(new NewTopic(topic, Topics.SESSION_PARTITIONS, (short) 1)))
          .all()
          .get();
      for (UUID user : users) {
        producer.send(log.record(user, told)).get();
      }
    }

    Map<UUID, Told> read = new HashMap<>();
    log.read(SessionRecordCodec.partition(users.getFirst()), read::put);
    read.clear();
    List<Duration> took = new ArrayList<>();
    for (int partition = 0; partition < Topics.SESSION_PARTITIONS; partition++) {
      long began = System.nanoTime();
      log.read(partition, read::put);
      took.add(Duration.ofNanos(System.nanoTime() - began));
    }
    log.rest();

    assertEquals(users.size(), read.size());
    users.forEach(user -> assertEquals(told, read.get(user)));
    took.sort(null);
    assertTrue(took.get(took.size() / 2).toMillis() < 250, "took " + took);
  }
}
