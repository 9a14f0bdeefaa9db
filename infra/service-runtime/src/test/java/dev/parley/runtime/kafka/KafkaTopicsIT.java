package dev.parley.runtime.kafka;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Topics;
import dev.parley.testing.Backends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class KafkaTopicsIT {
  private static final Backends BACKENDS = Backends.ofThisProcess();
  private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", BACKENDS.kafka());

  private record Config(Optional<String> topicPrefix, short replication, Duration patience)
      implements KafkaConfig {
    Config() {
      this(Optional.of(BACKENDS.topicPrefix()), (short) 1, Duration.ofMinutes(2));
    }

    @Override
    public int commandPartitions() {
      return Topics.COMMAND_PARTITIONS;
    }

    @Override
    public Duration watch() {
      return Duration.ofSeconds(10);
    }
  }

  @Test
  void severalServicesAtOnceMakeEachTopicOnce() throws Exception {
    List<Topics.Spec> specs = new Topics(BACKENDS.topicPrefix() + "once.").all();
    List<Callable<Boolean>> services = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      services.add(() -> {
        new KafkaTopics(CLIENT, new Config()).ensure(specs);
        return true;
      });
    }
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var service : threads.invokeAll(services)) {
        assertTrue(service.get());
      }
    }
    try (Admin admin = Admin.create(CLIENT)) {
      var found = admin.describeTopics(specs.stream().map(Topics.Spec::name).toList());
      var described = found.allTopicNames().get();
      for (Topics.Spec spec : specs) {
        assertEquals(spec.partitions(), described.get(spec.name()).partitions().size());
      }
    }
  }

  @Test
  void aTopicWithTooFewPartitionsStopsTheStart() {
    KafkaTopics topics = new KafkaTopics(CLIENT, new Config());
    String name = BACKENDS.topicPrefix() + "narrow";
    topics.ensure(List.of(new Topics.Spec(name, 1, true, Map.of())));
    List<Topics.Spec> wider = List.of(new Topics.Spec(name, 2, true, Map.of()));
    var refused = assertThrows(IllegalStateException.class, () -> topics.ensure(wider));
    assertTrue(refused.getMessage().contains(name + " has 1 partitions"), refused::getMessage);
  }

  /// A gateway that counts 32 partitions and a topic of 64 would tear conversations apart.
  @Test
  void whereThePartitionFollowsFromTheKeyMorePartitionsStopTheStartToo() {
    KafkaTopics topics = new KafkaTopics(CLIENT, new Config());
    String prefix = BACKENDS.topicPrefix() + "chosen.";
    topics.ensure(new Topics(prefix, 3).all());
    topics.ensure(new Topics(prefix, 3).all());
    List<Topics.Spec> others = List.of(new Topics(prefix, 2).commands());
    var refused = assertThrows(IllegalStateException.class, () -> topics.ensure(others));
    assertTrue(refused.getMessage().contains("command-partitions"), refused::getMessage);
    topics.ensure(
        List.of(new Topics.Spec(new Topics(prefix).deliveries().name(), 2, true, Map.of())));
  }

  /// Until a service was started again nobody made them, and every command was refused.
  @Test
  void topicsThatKafkaHasLostAreMadeAnewWhileTheServiceRuns() throws Exception {
    KafkaTopics topics = new KafkaTopics(CLIENT, new Config());
    Topics.Spec lost = new Topics.Spec(BACKENDS.topicPrefix() + "lost", 2, false, Map.of());
    Topics.Spec kept = new Topics.Spec(BACKENDS.topicPrefix() + "kept", 1, false, Map.of());
    topics.ensure(List.of(lost, kept));
    UUID first = topics.id(lost.name());
    try (Admin admin = Admin.create(CLIENT)) {
      topics.lookAgain(admin);
      assertEquals(first, topics.lastId(lost.name()));
      admin.deleteTopics(List.of(lost.name())).all().get();
      UUID other = topics.id(kept.name());
      await()
          .ignoreExceptions()
          .untilAsserted(() -> {
            topics.lookAgain(admin);
            assertNotEquals(first, topics.id(lost.name()));
          });
      assertEquals(topics.id(lost.name()), topics.lastId(lost.name()));
      assertEquals(other, topics.lastId(kept.name()));
    }
  }

  /// Who had asked was told the former id for half a minute more, and began anew at every step.
  @Test
  void whatWasAskedForIsTheLastThatIsKnown() throws Exception {
    KafkaTopics topics = new KafkaTopics(CLIENT, new Config());
    KafkaTopics another = new KafkaTopics(CLIENT, new Config());
    Topics.Spec spec = new Topics.Spec(BACKENDS.topicPrefix() + "asked", 1, false, Map.of());
    topics.ensure(List.of(spec));
    UUID first = topics.id(spec.name());
    try (Admin admin = Admin.create(CLIENT)) {
      admin.deleteTopics(List.of(spec.name())).all().get();
      await()
          .ignoreExceptions()
          .untilAsserted(() -> {
            another.ensure(List.of(spec));
            UUID now = topics.id(spec.name());
            assertNotEquals(first, now);
            assertEquals(now, topics.lastId(spec.name()));
          });
    }
  }

  @Test
  void whereNoKafkaAnswersTheStartEndsWithASentence() {
    Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:9");
    Config impatient = new Config(Optional.empty(), (short) 1, Duration.ofMillis(1));
    KafkaTopics topics = new KafkaTopics(nowhere, impatient);
    List<Topics.Spec> specs = new Topics("").all();
    var refused = assertThrows(IllegalStateException.class, () -> topics.ensure(specs));
    assertTrue(refused.getMessage().contains("127.0.0.1:9"), refused::getMessage);
  }
}
