package dev.parley.runtime.kafka;

import dev.parley.contracts.Topics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Creates the topics that a service needs. Every service asks for its own at start-up, before its
/// consumers run; several may do so at once, and topics that exist are left as they are. While it
/// runs it looks again and again whether they are still there, and makes those anew that are not: a
/// Kafka may come back empty.
///
/// Thread-safe; blocks, so never called on an event loop.
@ApplicationScoped
public class KafkaTopics {
  private static final Logger LOG = Logger.getLogger(KafkaTopics.class);
  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Map<String, Object> client;
  private final KafkaConfig config;
  private final Map<String, Topics.Spec> needed = new ConcurrentHashMap<>();
  private final Map<String, UUID> ids = new ConcurrentHashMap<>();
  private volatile @Nullable Thread watch;

  /// For the topics of the cluster that `client` (settings of the Kafka client) names.
  public KafkaTopics(
      @Identifier("default-kafka-broker") Map<String, Object> client, KafkaConfig config) {
    this.client = client;
    this.config = config;
  }

  /// The names of this installation's topics.
  @Produces
  @Singleton
  static Topics topics(KafkaConfig config) {
    return new Topics(config.topicPrefix().orElse(""), config.commandPartitions());
  }

  void watch(@Observes StartupEvent event) {
    watch = Thread.ofVirtual().name("topics").start(this::lookAgainAndAgain);
  }

  @PreDestroy
  void end() {
    Thread watching = watch;
    if (watching != null) {
      watching.interrupt();
    }
  }

  /// Kafka's id of `topic`, which tells it from one of the same name that is made later. Blocks.
  ///
  /// @throws IllegalStateException if Kafka does not say it within seconds
  public UUID id(String topic) throws InterruptedException {
    try (Admin admin = Admin.create(settings())) {
      UUID id = id(admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic), topic);
      note(topic, id);
      return id;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not say the id of topic " + topic, e);
    }
  }

  /// What [#id] was when it was last looked at, at most [KafkaConfig#watch()] ago while Kafka
  /// answers; null if that has not been yet. Never blocks.
  public @Nullable UUID lastId(String topic) {
    return ids.get(topic);
  }

  /// Returns once every topic of `specs` exists and the cluster knows its partitions.
  ///
  /// @throws IllegalStateException if Kafka does not answer within the configured patience, or a
  ///   topic has another number of partitions than it must have
  public void ensure(Collection<Topics.Spec> specs) {
    long start = System.nanoTime();
    specs.forEach(spec -> needed.put(spec.name(), spec));
    try (Admin admin = Admin.create(settings())) {
      while (!create(admin, specs)) {
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        if (waited.compareTo(config.patience()) > 0) {
          throw new IllegalStateException(
              "Kafka at %s did not answer within %d s (parley.kafka.patience)"
                  .formatted(address(), config.patience().toSeconds()));
        }
        LOG.warnf(
            "Kafka at %s does not answer yet; waiting for it (%d s so far)",
            address(), waited.toSeconds());
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private boolean create(Admin admin, Collection<Topics.Spec> specs) {
    List<String> names = specs.stream().map(Topics.Spec::name).toList();
    try {
      var results = admin.createTopics(specs.stream().map(this::topic).toList()).values();
      boolean created = true;
      for (KafkaFuture<Void> result : results.values()) {
        created &= existsAfter(result);
      }
      if (!created) {
        return false;
      }
      // Brokers learn of a new topic one by one: it is there when it can be described.
      Map<String, TopicDescription> described = admin.describeTopics(names).allTopicNames().get();
      specs.forEach(spec -> check(spec, described));
      described.forEach((name, found) -> ids.put(name, id(found, name)));
      return true;
    } catch (ExecutionException e) {
      return retriable(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Kafka", e);
    }
  }

  private void note(String topic, UUID id) {
    UUID before = ids.put(topic, id);
    if (before != null && !before.equals(id)) {
      LOG.errorf("topic %s was deleted and made anew; what stood in it is gone", topic);
    }
  }

  private static boolean existsAfter(KafkaFuture<Void> result) throws InterruptedException {
    try {
      result.get();
      return true;
    } catch (ExecutionException e) {
      return e.getCause() instanceof TopicExistsException || retriable(e.getCause());
    }
  }

  // False: try again. A cluster that has just started may still miss brokers for the replication.
  private static boolean retriable(@Nullable Throwable cause) {
    if (cause instanceof RetriableException || cause instanceof InvalidReplicationFactorException) {
      LOG.debug("topics could not be created yet", cause);
      return false;
    }
    throw new IllegalStateException("Kafka refuses to create topics", cause);
  }

  private NewTopic topic(Topics.Spec spec) {
    Map<String, String> settings = new HashMap<>(spec.settings());
    settings.put("min.insync.replicas", config.replication() >= 3 ? "2" : "1");
    return new NewTopic(spec.name(), spec.partitions(), config.replication()).configs(settings);
  }

  private static void check(Topics.Spec spec, Map<String, TopicDescription> described) {
    TopicDescription topic = described.get(spec.name());
    int found = topic == null ? spec.partitions() : topic.partitions().size();
    if (spec.growable() ? found < spec.partitions() : found != spec.partitions()) {
      throw new IllegalStateException(
          ("topic %s has %d partitions and must have %d; set parley.kafka.command-partitions to"
                  + " what was chosen for it, give parley.kafka.topic-prefix, or delete it")
              .formatted(spec.name(), found, spec.partitions()));
    }
  }

  private void lookAgainAndAgain() {
    try (Admin admin = Admin.create(settings())) {
      while (true) {
        Thread.sleep(config.watch());
        try {
          lookAgain(admin);
        } catch (ExecutionException | RuntimeException e) {
          LOG.debug("Kafka does not say what topics there are", e);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("asked to stop");
    }
  }

  /// Makes topics anew that are gone, and learns which those are that are there.
  void lookAgain(Admin admin) throws ExecutionException, InterruptedException {
    List<Topics.Spec> gone = new ArrayList<>();
    for (var topic :
        admin.describeTopics(List.copyOf(needed.keySet())).topicNameValues().entrySet()) {
      String name = topic.getKey();
      try {
        UUID id = id(topic.getValue().get(), name);
        note(name, id);
      } catch (ExecutionException e) {
        Topics.Spec spec = needed.get(name);
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || spec == null) {
          throw e;
        }
        gone.add(spec);
      }
    }
    if (!gone.isEmpty()) {
      LOG.errorf(
          "Kafka has lost topics; they are made anew: %s (docs/recovery.md)",
          gone.stream().map(Topics.Spec::name).toList());
      create(admin, gone);
    }
  }

  private static UUID id(@Nullable TopicDescription topic, String name) {
    if (topic == null) {
      throw new IllegalStateException("Kafka does not say the id of topic " + name);
    }
    return new UUID(
        topic.topicId().getMostSignificantBits(), topic.topicId().getLeastSignificantBits());
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ATTEMPT.toMillis());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ATTEMPT.toMillis());
    return settings;
  }

  private Object address() {
    return client.getOrDefault("bootstrap.servers", "localhost:9092");
  }
}
