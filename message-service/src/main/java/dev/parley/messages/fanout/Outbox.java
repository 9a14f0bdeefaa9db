package dev.parley.messages.fanout;

import dev.parley.contracts.event.LoggedEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Distributes events that came in over REST, on one thread of its own: those that this instance
/// has just committed at once, those that any instance left behind when they are 2 s old.
///
/// The queue is bounded by bytes: a conversation may be opened with thousands of members at once,
/// and a message may be long. What finds no room stays in the table and is taken from there.
public final class Outbox {
  private static final Logger LOG = Logger.getLogger(Outbox.class);

  /// What waits while Kafka is away, in bytes of content and [#OVERHEAD] for each event: a tenth of
  /// the heap of 320 MiB, since as much again is needed when all of it is sent.
  private static final int QUEUE = 32 * 1024 * 1024;

  /// An event without its content: the ids, and the objects that hold them.
  private static final int OVERHEAD = 1024;

  /// How many changes are sent together at most.
  private static final int TOGETHER = 500;

  private final BlockingQueue<List<LoggedEvent>> committed = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(QUEUE);
  private final Fanout fanout;
  private final PostgresOutbox rows;
  private final FanoutConfig config;
  private final Consumer<SQLException> failed;
  private final Counter refused;
  private final Counter swept;
  private final Thread thread;
  private volatile boolean stopping;

  /// @param failed hears of what the database did not do: looking through the outbox is how an idle
  ///   instance notices
  Outbox(
      Fanout fanout,
      PostgresOutbox rows,
      FanoutConfig config,
      MeterRegistry metrics,
      Consumer<SQLException> failed) {
    this.fanout = fanout;
    this.rows = rows;
    this.config = config;
    this.failed = failed;
    this.refused = metrics.counter("parley.messages.outbox.refused");
    this.swept = metrics.counter("parley.messages.outbox.swept");
    metrics.gauge(
        "parley.messages.outbox.queued.bytes", room, left -> QUEUE - left.availablePermits());
    this.thread = Thread.ofPlatform().name("outbox").daemon().unstarted(this::run);
  }

  /// Sends `events` to the gateways. Call it after their transaction's commit; returns at once.
  public void distribute(List<LoggedEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    long size = size(events);
    if (size <= QUEUE && room.tryAcquire((int) size)) {
      committed.add(events);
    } else {
      refused.increment(events.size());
    }
  }

  void start() {
    thread.start();
  }

  /// Ends the thread; what it did not get to stays in the table.
  void stop() throws InterruptedException {
    stopping = true;
    thread.interrupt();
    thread.join(config.outboxPatience());
  }

  private void run() {
    long sweepAt = System.nanoTime();
    while (!stopping) {
      try {
        long wait = sweepAt - System.nanoTime();
        List<LoggedEvent> first = committed.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
        if (first != null) {
          distributeNow(first);
        }
        if (System.nanoTime() - sweepAt >= 0) {
          long began = System.nanoTime();
          boolean more = false;
          try {
            more = sweep();
          } finally {
            // What was committed meanwhile has its turn before the next page. One who waits for
            // Kafka in vain leaves the rows to others for as long as it held them.
            long now = System.nanoTime();
            sweepAt = more ? now : now + Math.max(config.outboxSweep().toNanos(), now - began);
          }
        }
      } catch (InterruptedException e) {
        LOG.debug("asked to stop");
      } catch (SQLException e) {
        // The rows are still there: the next sweep takes them.
        failed.accept(e);
        LOG.warn("outbox rows wait for the next sweep", e);
      } catch (RuntimeException e) {
        LOG.warn("outbox rows wait for the next sweep", e);
      }
    }
  }

  private void distributeNow(List<LoggedEvent> first) throws SQLException, InterruptedException {
    List<List<LoggedEvent>> ready = new ArrayList<>(List.of(first));
    committed.drainTo(ready, TOGETHER);
    List<LoggedEvent> events = ready.stream().flatMap(List::stream).toList();
    try {
      if (reachesKafka(events)) {
        rows.delete(events);
      }
    } finally {
      room.release((int) size(events));
    }
  }

  /// Takes one page of what was left behind.
  ///
  /// @return whether there may be more
  private boolean sweep() throws SQLException, InterruptedException {
    int taken = rows.take(config.outboxAge(), this::reachesKafka);
    swept.increment(taken);
    return taken == PostgresOutbox.PAGE;
  }

  private boolean reachesKafka(List<LoggedEvent> events) throws InterruptedException {
    return fanout
        .deliver(events.stream().map(event -> Outgoing.event(event, null, null)).toList())
        .await(config.outboxPatience());
  }

  private static long size(List<LoggedEvent> events) {
    long size = 0;
    for (LoggedEvent event : events) {
      size += OVERHEAD + event.detail().length();
    }
    return size;
  }
}
