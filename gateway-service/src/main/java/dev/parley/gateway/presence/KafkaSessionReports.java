package dev.parley.gateway.presence;

import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Topics;
import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.presence.SessionRecord;
import dev.parley.contracts.presence.SessionRecordCodec;
import dev.parley.gateway.kafka.KafkaPublisher;
import dev.parley.gateway.kafka.KafkaPublishers;
import dev.parley.gateway.route.Slot;
import dev.parley.gateway.route.SlotChange;
import dev.parley.runtime.kafka.KafkaTopics;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// [SessionReports] over the topic `sessions`. One thread of its own keeps the book, so that event
/// loops only leave a note. A record that could not be written is made good by a snapshot a second
/// later.
@ApplicationScoped
class KafkaSessionReports implements SessionReports {
  private static final Logger LOG = Logger.getLogger(KafkaSessionReports.class);
  private static final Duration REPAIR_AFTER = Duration.ofSeconds(1);

  private final Topics topics;
  private final KafkaPublisher publisher;
  private final Clock clock = Clock.systemUTC();
  private final SessionBook book;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("session-reports").factory());
  private boolean repairing;

  KafkaSessionReports(KafkaPublishers publishers, Topics topics, Slot slot, PresenceConfig config) {
    this.topics = topics;
    this.publisher = publishers.open("sessions");
    this.book = new SessionBook(slot, this::publish);
    long every = config.snapshotEvery().toMillis();
    var _ =
        thread.scheduleWithFixedDelay(
            () -> guarded(book::snapshot), every, every, TimeUnit.MILLISECONDS);
  }

  void createTopics(
      @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event,
      KafkaTopics kafka) {
    kafka.ensure(List.of(topics.sessions()));
  }

  void slotChanged(@Observes SlotChange change) {
    switch (change) {
      case SlotChange.Claimed c -> later(() -> book.place(c.address()));
      case SlotChange.Recovered r -> later(() -> book.place(r.address()));
      case SlotChange.Lost l -> later(() -> book.place(null));
    }
  }

  @PreDestroy
  void close() {
    thread.shutdown();
    try {
      // The last sessions' ends are still being noted.
      thread.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close();
  }

  /// Tells everything anew, soon.
  void snapshot() {
    later(book::snapshot);
  }

  @Override
  public void opened(UUID user, UUID session) {
    long at = clock.millis();
    later(() -> book.opened(user, session, at));
  }

  @Override
  public void status(UUID user, UUID session, PresenceStatus status, @Nullable String text) {
    long at = clock.millis();
    later(() -> book.status(user, session, at, status, text));
  }

  @Override
  public void closed(UUID user, UUID session) {
    long at = clock.millis();
    later(() -> book.closed(user, session, at));
  }

  private void publish(SessionRecord told, int partition) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topics.sessions().name(),
            partition,
            SessionRecordCodec.key(told),
            SessionRecordCodec.value(told));
    SessionRecordCodec.headers(told)
        .with(RecordHeaders.RECEIVED, clock.millis())
        .bytes()
        .forEach((name, bytes) -> record.headers().add(new RecordHeader(name, bytes)));
    publisher.publish(record, loss -> later(this::repair));
  }

  private void repair() {
    if (!repairing) {
      repairing = true;
      var _ =
          thread.schedule(
              () -> {
                repairing = false;
                guarded(book::snapshot);
              },
              REPAIR_AFTER.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private void later(Runnable note) {
    if (!thread.isShutdown()) {
      thread.execute(() -> guarded(note));
    }
  }

  private static void guarded(Runnable note) {
    try {
      note.run();
    } catch (RuntimeException e) {
      LOG.error("The presence-service could not be told of a session", e);
    }
  }
}
