package dev.parley.auth.revocations;

import dev.parley.contracts.Topics;
import dev.parley.contracts.token.Revocation;
import dev.parley.contracts.token.RevocationCodec;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/// Moves revocations from the database to the topic `revocations`, on one thread of its own: as
/// soon as it is woken, and at a slow beat for those that a dead process has left. A row is deleted
/// after Kafka has acknowledged its record; one that is sent twice does no harm.
@ApplicationScoped
class KafkaRevocationPublisher {
  private static final Logger LOG = Logger.getLogger(KafkaRevocationPublisher.class);
  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration DELIVERY = Duration.ofSeconds(10);
  private static final int BATCH = 500;

  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Topics topics;
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("revocation-outbox").unstarted(this::run);
  private volatile boolean closed;

  @Inject
  KafkaRevocationPublisher(
      @Identifier("default-kafka-broker") Map<String, Object> client, Topics topics) {
    this(() -> new KafkaProducer<>(settings(client)), topics);
  }

  KafkaRevocationPublisher(Supplier<Producer<byte[], byte[]>> producers, Topics topics) {
    this.producers = producers;
    this.topics = topics;
  }

  private static Map<String, Object> settings(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) DELIVERY.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis() / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
    return settings;
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    closed = true;
    thread.interrupt();
    thread.join(DELIVERY);
  }

  /// Something has been written to the outbox.
  void wake() {
    woken.release();
  }

  private void run() {
    while (!closed) {
      try (Producer<byte[], byte[]> producer = producers.get()) {
        publishUntilClosed(producer);
      } catch (InterruptedException e) {
        LOG.debug("asked to stop", e);
      } catch (RuntimeException e) {
        // A broker whose name is not known yet, say: a thread that has ended would let revoked
        // tokens pass everywhere else until the next start.
        LOG.warnf("revocations wait in the database: %s", e.toString());
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void publishUntilClosed(Producer<byte[], byte[]> producer) throws InterruptedException {
    while (!closed) {
      woken.drainPermits();
      publishAll(producer);
      if (woken.tryAcquire(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("woken");
      }
    }
  }

  private void publishAll(Producer<byte[], byte[]> producer) throws InterruptedException {
    try {
      while (publish(producer) == BATCH) {
        LOG.debug("a full batch; there may be more");
      }
    } catch (ExecutionException | RuntimeException e) {
      LOG.warnf("revocations could not be published; they wait in the database: %s", e.toString());
    }
  }

  private int publish(Producer<byte[], byte[]> producer)
      throws InterruptedException, ExecutionException {
    List<PendingRevocation> rows =
        QuarkusTransaction.requiringNew()
            .call(() -> PendingRevocation.findAll().page(0, BATCH).list());
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (PendingRevocation row : rows) {
      sent.add(producer.send(record(row.revocation())));
    }
    for (Future<RecordMetadata> acknowledgement : sent) {
      acknowledgement.get();
    }
    if (!rows.isEmpty()) {
      List<UUID> ids = rows.stream().map(row -> row.id).toList();
      QuarkusTransaction.requiringNew().call(() -> PendingRevocation.delete("id IN ?1", ids));
    }
    return rows.size();
  }

  private ProducerRecord<byte[], byte[]> record(Revocation revocation) {
    var record =
        new ProducerRecord<>(
            topics.revocations().name(),
            RevocationCodec.key(revocation),
            RevocationCodec.value(revocation));
    RevocationCodec.headers(revocation).bytes().forEach(record.headers()::add);
    return record;
  }
}
