package dev.parley.runtime.trace;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Decides which messages leave spans, and sends the spans away on a thread of its own. The queue
/// between holds [#QUEUE] spans; what finds no room, and what the collector does not take, is
/// dropped and counted: traces must not be felt by anybody.
///
/// Thread-safe; nothing blocks but [#close()].
public final class Spans implements AutoCloseable {
  /// Without a collector: nothing is sampled.
  public static final Spans OFF = new Spans();

  static final int QUEUE = 2048;

  private static final Logger LOG = Logger.getLogger(Spans.class);
  private static final int MOST = 512;
  private static final Duration GATHER = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final BlockingQueue<Span> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong askedSecond = new AtomicLong();
  private final AtomicLong askedCount = new AtomicLong();
  private final String service;
  private final @Nullable URI endpoint;
  private final double sampling;
  private final int askedPerSecond;
  private final @Nullable Thread thread;
  private volatile boolean closed;

  private Spans() {
    service = "";
    endpoint = null;
    sampling = 0;
    askedPerSecond = 0;
    thread = null;
  }

  /// @param service the name of this process's kind
  public Spans(String service, TraceConfig config) {
    if (config.sampling() < 0 || config.sampling() > 1) {
      throw new IllegalStateException(
          "parley.traces.sampling is %s; it must be from 0 to 1".formatted(config.sampling()));
    }
    this.service = service;
    this.endpoint = config.endpoint().orElse(null);
    this.sampling = config.sampling();
    this.askedPerSecond = config.askedPerSecond();
    this.thread = endpoint == null ? null : Thread.ofVirtual().name("spans").start(this::run);
  }

  /// Whether spans go anywhere.
  public boolean on() {
    return endpoint != null;
  }

  /// Whether a message that comes now leaves spans.
  public boolean sample() {
    return endpoint != null && ThreadLocalRandom.current().nextDouble() < sampling;
  }

  /// The same of one whose sender asked for the trace.
  public boolean sampleAsked() {
    if (endpoint == null) {
      return false;
    }
    long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    if (askedSecond.getAndSet(second) != second) {
      askedCount.set(0);
    }
    return askedCount.incrementAndGet() <= askedPerSecond;
  }

  /// The time, for spans: nanoseconds since the epoch.
  public static long now() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /// Sends `span`, if there is room.
  public void leave(Span span) {
    if (endpoint != null && !queue.offer(span)) {
      dropped.incrementAndGet();
    }
  }

  /// How many spans were not sent.
  public long dropped() {
    return dropped.get();
  }

  /// Sends what is left, for a moment.
  @Override
  public void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join(CLOSING);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    URI collector = endpoint;
    if (collector == null) {
      return;
    }
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(CLOSING).build()) {
      boolean told = false;
      while (!closed) {
        List<Span> batch = gather();
        if (!batch.isEmpty()) {
          String problem = send(http, collector, batch);
          if (problem != null) {
            dropped.addAndGet(batch.size());
            if (!told) {
              LOG.warnf("spans cannot be sent to %s and are dropped: %s", collector, problem);
            }
          }
          told = problem != null;
        }
      }
    }
  }

  private List<Span> gather() {
    List<Span> batch = new ArrayList<>();
    try {
      batch.add(queue.take());
      Thread.sleep(GATHER);
    } catch (InterruptedException e) {
      LOG.debug("asked to stop");
    }
    queue.drainTo(batch, MOST - batch.size());
    return batch;
  }

  // Null if they were taken.
  private @Nullable String send(HttpClient http, URI collector, List<Span> batch) {
    HttpRequest request =
        HttpRequest.newBuilder(collector)
            .timeout(closed ? CLOSING : PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(OtlpJson.write(service, batch)))
            .build();
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status < 300 ? null : "it answers " + status;
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      return "the process is stopping";
    }
  }
}
