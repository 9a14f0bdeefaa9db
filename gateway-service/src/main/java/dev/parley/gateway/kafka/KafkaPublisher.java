package dev.parley.gateway.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Writes records in the order in which they are given, from any thread, without making it wait:
/// Kafka's client blocks while it knows no metadata or its buffer is full, so one virtual thread
/// stands between. The queue to it is bounded in bytes; what finds it full is lost at once as
/// [Loss#NOT_WRITTEN].
public final class KafkaPublisher implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(KafkaPublisher.class);
  private static final int OVERHEAD = 512;
  private static final Duration CLOSING = Duration.ofSeconds(3);
  private static final long WARN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String name;
  private final Producer<byte[], byte[]> producer;
  private final long maxQueued;
  private final long patienceNanos;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_EVERY_NANOS);
  private final Counter written;
  private final Counter notWritten;
  private final Counter perhapsWritten;
  private final Thread thread;
  private volatile boolean closed;

  private record Waiting(
      @Nullable ProducerRecord<byte[], byte[]> record,
      Consumer<Loss> onLoss,
      int size,
      long sinceNanos) {}

  /// Begins to write through `producer`, which it owns from here on.
  ///
  /// @param name for metrics, logs and the thread
  public KafkaPublisher(
      String name,
      Producer<byte[], byte[]> producer,
      ProducerConfig config,
      MeterRegistry registry) {
    this.name = name;
    this.producer = producer;
    this.maxQueued = config.queue().asLongValue();
    this.patienceNanos = config.patience().toNanos();
    this.written = counter(registry, "written");
    this.notWritten = counter(registry, "not_written");
    this.perhapsWritten = counter(registry, "perhaps_written");
    Gauge.builder("parley.gateway.producer.queued", queued, AtomicLong::get)
        .description("bytes that wait to be handed to Kafka's client")
        .baseUnit("bytes")
        .tag("producer", name)
        .register(registry);
    this.thread = Thread.ofVirtual().name("publisher-" + name).start(this::run);
  }

  /// Makes Kafka's client look up `topic`, which must exist, so that the first record need not
  /// wait. Blocks; whether it succeeded does not matter: the first record asks again.
  public void prepare(String topic) {
    try {
      LOG.debugf("%s has %d partitions", topic, producer.partitionsFor(topic).size());
    } catch (KafkaException e) {
      LOG.debugf(e, "%s could not be looked up yet", topic);
    }
  }

  /// Writes `record`; any thread, never waits.
  ///
  /// @param onLoss called at most once if it is not known to be written, on any thread
  public void publish(ProducerRecord<byte[], byte[]> record, Consumer<Loss> onLoss) {
    int size = OVERHEAD + (record.value() == null ? 0 : record.value().length);
    Waiting waiting = new Waiting(record, onLoss, size, System.nanoTime());
    if (closed) {
      lost(waiting, Loss.NOT_WRITTEN, "the gateway stops");
    } else if (queued.addAndGet(size) > maxQueued) {
      queued.addAndGet(-size);
      lost(waiting, Loss.NOT_WRITTEN, "the queue is full");
    } else {
      queue.add(waiting);
    }
  }

  /// Writes what is queued, waits for its fate a few seconds and ends.
  @Override
  public void close() {
    closed = true;
    queue.add(new Waiting(null, loss -> {}, 0, System.nanoTime()));
    try {
      thread.join(CLOSING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(CLOSING);
  }

  private void run() {
    try {
      while (true) {
        Waiting next = queue.take();
        ProducerRecord<byte[], byte[]> record = next.record();
        if (record == null) {
          return;
        }
        queued.addAndGet(-next.size());
        if (System.nanoTime() - next.sinceNanos() > patienceNanos) {
          lost(next, Loss.NOT_WRITTEN, "it waited too long");
        } else {
          write(next, record);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told the same.
  private void write(Waiting next, ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(
          record,
          (metadata, problem) -> {
            if (problem == null) {
              written.increment();
            } else {
              // What the client refuses to take, it refuses on the thread that offers it.
              boolean refused = Thread.currentThread().equals(thread);
              lost(next, refused ? Loss.NOT_WRITTEN : Loss.PERHAPS_WRITTEN, problem.toString());
            }
          });
    } catch (RuntimeException e) {
      // Of whatever kind: this thread must live, or nothing would be written any more.
      lost(next, Loss.NOT_WRITTEN, e.toString());
    }
  }

  private void lost(Waiting waiting, Loss loss, String why) {
    (loss == Loss.NOT_WRITTEN ? notWritten : perhapsWritten).increment();
    long now = System.nanoTime();
    long last = warned.get();
    if (now - last > WARN_EVERY_NANOS && warned.compareAndSet(last, now)) {
      LOG.warnf("Writing %s to Kafka failed: %s (only counted for the next 10 s)", name, why);
    }
    try {
      waiting.onLoss().accept(loss);
    } catch (RuntimeException e) {
      LOG.debugf(e, "nobody hears of the loss any more: its event loop has ended");
    }
  }

  private Counter counter(MeterRegistry registry, String result) {
    return Counter.builder("parley.gateway.producer.records")
        .description("records given to Kafka, by what became of them")
        .tag("producer", name)
        .tag("result", result)
        .register(registry);
  }
}
