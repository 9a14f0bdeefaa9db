package dev.parley.presence.shard;

import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.presence.SessionRecordCodec;
import dev.parley.presence.redis.RedisDown;
import dev.parley.runtime.kafka.KafkaLag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads `sessions` and gives everything else its beat, on one thread. A partition is read only
/// while its shard is taken; while Redis is away nothing is read, and nothing is lost.
final class KafkaSessions implements Runnable {
  private static final Logger LOG = Logger.getLogger(KafkaSessions.class);
  private static final Duration OFFSETS = Duration.ofSeconds(10);

  /// The beat at most while something is wrong: everybody waits for it.
  private static final Duration HURRY = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final IntFunction<Shard> newShard;
  private final Caretaker caretaker;
  private final ToldLog toldLog;
  private final Duration beat;
  private final Duration hurry;
  private final ShardMetrics metrics;
  private final KafkaLag lag;
  private final Map<TopicPartition, Shard> shards = new LinkedHashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
  private long nextBeat = System.nanoTime();
  private boolean troubled;
  private volatile boolean stopped;
  private volatile long alive = System.nanoTime();

  KafkaSessions(
      Consumer<byte[], byte[]> consumer,
      String topic,
      IntFunction<Shard> newShard,
      Caretaker caretaker,
      ToldLog toldLog,
      Duration beat,
      ShardMetrics metrics) {
    this.consumer = consumer;
    this.topic = topic;
    this.newShard = newShard;
    this.caretaker = caretaker;
    this.toldLog = toldLog;
    this.beat = beat;
    this.hurry = beat.compareTo(HURRY) < 0 ? beat : HURRY;
    this.metrics = metrics;
    this.lag = new KafkaLag(consumer, metrics.registry());
  }

  /// Whether the thread has been round lately. Any thread.
  boolean lives() {
    return System.nanoTime() - alive < Duration.ofMinutes(1).toNanos();
  }

  /// Ends [#run]. Any thread.
  void stop() {
    stopped = true;
    consumer.wakeup();
  }

  @Override
  public void run() {
    consumer.subscribe(List.of(topic), new Assignments());
    while (!stopped) {
      try {
        round();
      } catch (WakeupException e) {
        LOG.debug("woken up");
      } catch (OffsetOutOfRangeException e) {
        LOG.warnf("records are gone that were not read: %s", e.partitions());
        e.partitions().forEach(this::doubt);
      } catch (RuntimeException e) {
        // Whatever it was: all shards are taken anew, which puts everything right again.
        trouble(e);
        shards.keySet().forEach(this::doubt);
      }
    }
    lag.end();
    consumer.close();
  }

  private void round() {
    alive = System.nanoTime();
    long untilBeat = Math.max(0, nextBeat - System.nanoTime());
    ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofNanos(untilBeat));
    for (TopicPartition partition : records.partitions()) {
      Shard shard = shards.get(partition);
      if (shard != null && shard.taken()) {
        apply(partition, shard, records.records(partition));
      }
    }
    if (System.nanoTime() - nextBeat >= 0) {
      nextBeat = System.nanoTime() + hurry.toNanos();
      // What has become whole in this beat is told of in the next.
      boolean whole = whole();
      beat();
      if (whole && whole()) {
        nextBeat += beat.minus(hurry).toNanos();
      }
    }
  }

  private boolean whole() {
    return shards.values().stream().allMatch(Shard::complete);
  }

  private void apply(
      TopicPartition partition, Shard shard, List<ConsumerRecord<byte[], byte[]>> records) {
    List<Intake.Entry> entries = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        var headers = new RecordHeaders.Reader(name -> value(record.headers().lastHeader(name)));
        entries.add(
            new Intake.Entry(
                record.offset(), SessionRecordCodec.decode(record.key(), headers, record.value())));
      } catch (MalformedRecord | ArithmeticException e) {
        metrics.malformed();
        LOG.warnf("record %s-%d of sessions: %s", partition, record.offset(), e.getMessage());
      }
    }
    metrics.records(records.size());
    try {
      shard.apply(entries, records.getLast().offset() + 1);
    } catch (Displaced | RedisDown e) {
      trouble(e);
      doubt(partition);
    }
  }

  private void beat() {
    if (takeAll()) {
      LOG.info("presence is unknown until every gateway has said what sessions it has");
      caretaker.gathering();
    }
    if (!shards.isEmpty()) {
      caretaker.beat(shards.values());
      shards.forEach((partition, shard) -> {
        if (!shard.taken()) {
          doubt(partition);
        }
      });
      commit();
    }
    measure();
    metrics.shards(shards.size(), shards.values().stream().filter(Shard::complete).count());
    if (troubled && shards.values().stream().allMatch(Shard::taken)) {
      troubled = false;
      LOG.info("presence is kept again");
    }
  }

  /// Every few beats: nobody looks more often.
  private void measure() {
    if (lag.due()) {
      lag.look(shards.keySet(), Map.of());
      caretaker.count(shards.values());
    }
  }

  /// Takes the shards that are not taken, and returns whether one of them has to be gathered.
  private boolean takeAll() {
    Map<TopicPartition, Shard> open = new LinkedHashMap<>(shards);
    open.values().removeIf(Shard::taken);
    if (open.isEmpty()) {
      return false;
    }
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(open.keySet(), OFFSETS);
    Map<TopicPartition, Long> ends = consumer.endOffsets(open.keySet(), OFFSETS);
    try {
      open.forEach((partition, shard) -> {
        long begin = begins.getOrDefault(partition, 0L);
        long end = ends.getOrDefault(partition, 0L);
        consumer.seek(partition, shard.take(new Shard.Span(begin, end)));
        consumer.resume(Set.of(partition));
      });
    } finally {
      toldLog.rest();
    }
    return open.values().stream().anyMatch(shard -> !shard.complete());
  }

  private void doubt(TopicPartition partition) {
    Shard shard = shards.get(partition);
    if (shard != null) {
      shard.doubt();
      consumer.pause(Set.of(partition));
      nextBeat = Math.min(nextBeat, System.nanoTime() + hurry.toNanos());
    }
  }

  /// For the display of lag only: the position that counts is in Redis. One that Kafka did not take
  /// is told it again at the next beat.
  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    shards.forEach((partition, shard) -> {
      OffsetAndMetadata position = new OffsetAndMetadata(consumer.position(partition));
      if (shard.taken() && !position.equals(committed.get(partition))) {
        positions.put(partition, position);
      }
    });
    if (!positions.isEmpty()) {
      consumer.commitAsync(
          positions,
          (offsets, failure) -> {
            if (failure == null) {
              committed.putAll(offsets);
            }
          });
    }
  }

  private void trouble(RuntimeException e) {
    caretaker.interrupted();
    boolean expected =
        e instanceof RedisDown
            || e instanceof Displaced
            || e instanceof Announcer.NotTold
            || e instanceof RetriableException;
    if (!troubled && expected) {
      LOG.warnf("presence cannot be kept now: %s", e.getMessage());
    } else if (!expected) {
      LOG.error("presence cannot be kept now", e);
    }
    troubled = true;
    if (e instanceof KafkaException) {
      // Kafka's client waits by itself where it can; here it did not.
      LockSupport.parkNanos(beat.toNanos());
    }
  }

  private static byte @Nullable [] value(@Nullable Header header) {
    return header == null ? null : header.value();
  }

  /// Runs within poll, on the reader's thread.
  private final class Assignments implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        shards.put(partition, newShard.apply(partition.partition()));
        // Read from where the shard stands, once that is known.
        consumer.pause(Set.of(partition));
        consumer.seek(partition, 0);
      }
      nextBeat = System.nanoTime();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      partitions.forEach(shards::remove);
      partitions.forEach(committed::remove);
    }
  }
}
