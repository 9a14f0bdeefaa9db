package dev.parley.messages.ingest;

import dev.parley.messages.log.LogFailure;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads `commands`. The group only says which partitions are ours; offsets and ownership are
/// PostgreSQL's (table `progress`).
///
/// A partition is *assigned* by Kafka and *held* after [Takeover]; one that is assigned and not
/// held is paused. Whatever goes wrong in passing (database away, Kafka not taking records) gives
/// all partitions up and takes them over again after a wait in which the group is still polled.
///
/// All of it runs on one thread, [#run()]; other threads may call [#stop()] and [#alive()].
final class KafkaCommands implements Runnable, ConsumerRebalanceListener {
  private static final Logger LOG = Logger.getLogger(KafkaCommands.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);
  private static final Duration ALIVE = Duration.ofSeconds(60);

  private final Consumer<byte[], byte[]> consumer;
  private final CommandsTopic source;
  private final String topic;
  private final KafkaRecords records;
  private final Ingest ingest;
  private final Takeover takeover;
  private final PostgresProgress progress;
  private final IngestConfig config;
  private final IngestMetrics metrics;
  private final KafkaGroupLag lag;
  private final java.util.function.Consumer<LogFailure> databaseFailed;
  private final Backoff backoff;
  private final Map<Integer, Holding> holdings = new HashMap<>();
  private final Set<Integer> assigned = new HashSet<>();
  private @Nullable UUID topicId;

  private volatile boolean stopping;
  private volatile @Nullable String waiting;
  private volatile int held;
  private volatile long beat = System.nanoTime();

  /// @param databaseFailed called when the database did not answer, before it is asked again
  KafkaCommands(
      Consumer<byte[], byte[]> consumer,
      CommandsTopic source,
      KafkaRecords records,
      Ingest ingest,
      Takeover takeover,
      PostgresProgress progress,
      IngestConfig config,
      IngestMetrics metrics,
      MeterRegistry registry,
      java.util.function.Consumer<LogFailure> databaseFailed) {
    this.consumer = consumer;
    this.source = source;
    this.topic = source.name();
    this.records = records;
    this.ingest = ingest;
    this.takeover = takeover;
    this.progress = progress;
    this.config = config;
    this.metrics = metrics;
    this.lag = new KafkaGroupLag(consumer, topic, registry);
    this.databaseFailed = databaseFailed;
    this.backoff = new Backoff(config.backoff(), config.backoffMax());
  }

  /// Reads until [#stop()]; then says what was delivered and leaves the group.
  @Override
  public void run() {
    consumer.subscribe(List.of(topic), this);
    try {
      while (!stopping) {
        beat = System.nanoTime();
        attempt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lag.end();
      consumer.close();
    }
  }

  /// Ends [#run()] soon; thread-safe.
  void stop() {
    stopping = true;
    consumer.wakeup();
  }

  /// Whether the thread has been through its loop lately; thread-safe.
  boolean alive() {
    return System.nanoTime() - beat < ALIVE.toNanos();
  }

  /// Why commands wait, null if they do not; thread-safe.
  @Nullable String waiting() {
    return waiting;
  }

  /// How many partitions this instance held lately; thread-safe.
  int held() {
    return held;
  }

  private void attempt() throws InterruptedException {
    try {
      step();
      backoff.reset();
      waiting = null;
      held = holdings.size();
    } catch (WakeupException e) {
      LOG.debug("asked to stop");
    } catch (InvalidOffsetException e) {
      LOG.warn("a read position is not in the topic; its partition is taken over again", e);
      giveUp();
    } catch (LogFailure e) {
      databaseFailed.accept(e);
      startOver(e);
    } catch (IngestFailure | RetriableException e) {
      startOver(e);
    } catch (RuntimeException e) {
      // A defect, or Kafka refuses us. Going on would skip commands; ending would leave the
      // partitions to instances with the same fate.
      LOG.error("commands wait and are tried again", e);
      startOver(e);
    }
  }

  private void startOver(RuntimeException cause) {
    waiting = String.valueOf(cause.getMessage());
    LOG.warn("commands wait: " + waiting);
    LOG.debug("why commands wait", cause);
    metrics.retry();
    giveUp();
    waitPolling(backoff.next());
    showLag();
  }

  private void step() throws InterruptedException {
    takeOver();
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(config.idle());
    if (polled.isEmpty()) {
      settle(holdings.values());
    } else {
      apply(records.read(polled));
    }
    long end = System.nanoTime() + config.sessionTimeout().toNanos();
    for (Holding holding : List.copyOf(holdings.values())) {
      holding.awaitAtMost(config.unacknowledged(), end);
      if (holding.failed()) {
        LOG.warnf("deliveries of partition %d failed", holding.partition());
        release(Set.of(holding.partition()));
      }
    }
    showLag();
  }

  private void apply(List<Incoming> incoming) throws InterruptedException {
    while (true) {
      try {
        ingest.apply(incoming, holdings);
        return;
      } catch (Fenced e) {
        LOG.warn(e.getMessage());
        metrics.fenced(e.partitions().size());
        release(e.partitions());
      }
    }
  }

  /// Takes over what is assigned and not held.
  private void takeOver() throws InterruptedException {
    UUID lately = source.lastId();
    if (topicId != null && lately != null && !topicId.equals(lately)) {
      giveUp();
    }
    if (holdings.keySet().containsAll(assigned)) {
      return;
    }
    UUID now = source.id();
    if (!now.equals(topicId)) {
      giveUp();
      topicId = now;
    }
    Set<Integer> wanted = new HashSet<>(assigned);
    wanted.removeAll(holdings.keySet());
    for (Holding holding : takeover.take(now, wanted, new KafkaOffsets(consumer, topic))) {
      TopicPartition partition = new TopicPartition(topic, holding.partition());
      consumer.seek(partition, holding.next());
      consumer.resume(Set.of(partition));
      holdings.put(holding.partition(), holding);
      lag.waitsNoMore(holding.partition());
    }
    // What was shown before may be wrong by now (Disagreement).
    lag.show(holdings.values());
    LOG.infof("holding %d partitions of %s", holdings.size(), topic);
  }

  private void settle(Collection<Holding> some) {
    List<Holding> unsettled = some.stream().filter(Holding::unsettled).toList();
    if (!unsettled.isEmpty()) {
      progress.settle(unsettled);
    }
  }

  private void giveUp() {
    release(Set.copyOf(assigned));
  }

  /// Partitions that stay assigned and are to be taken over again before anything is read of them.
  private void release(Set<Integer> partitions) {
    for (int partition : partitions) {
      Holding released = holdings.remove(partition);
      if (released != null) {
        lag.waits(partition, released.next());
      }
      if (assigned.contains(partition)) {
        consumer.pause(Set.of(new TopicPartition(topic, partition)));
      }
    }
  }

  /// Everything is paused, so this poll only keeps the group.
  private void waitPolling(Duration wait) {
    try {
      consumer.poll(wait);
    } catch (WakeupException e) {
      LOG.debug("asked to stop");
    } catch (KafkaException e) {
      LOG.debug("Kafka is away too", e);
    }
  }

  private void showLag() {
    metrics.partitions(assigned.size(), holdings.size());
    if (lag.due()) {
      lag.look(holdings.values());
      lag.show(holdings.values());
    }
  }

  /// A position of any kind must be set, or the client would ask the group for one.
  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      consumer.seek(partition, 0);
      assigned.add(partition.partition());
    }
    consumer.pause(partitions);
  }

  /// Gives the acknowledgements a moment, so that the next owner finds nothing to do again.
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    try {
      long end = System.nanoTime() + LAST_WORDS.toNanos();
      for (TopicPartition partition : partitions) {
        Holding holding = holdings.get(partition.partition());
        if (holding != null) {
          holding.awaitAtMost(0, end);
        }
      }
      settle(
          partitions.stream()
              .map(partition -> holdings.get(partition.partition()))
              .filter(Objects::nonNull)
              .toList());
    } catch (LogFailure e) {
      LOG.warn("what was delivered is not stored; the next owner distributes it again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    onPartitionsLost(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      assigned.remove(partition.partition());
      holdings.remove(partition.partition());
      lag.waitsNoMore(partition.partition());
    }
  }
}
