package dev.parley.gateway.feed;

import dev.parley.runtime.metrics.Latency;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What fan-out counts.
final class FeedMetrics {
  private static final Logger LOG = Logger.getLogger(FeedMetrics.class);

  private final Counter deliveries;
  private final Counter pushes;
  private final Counter duplicates;
  private final Counter holes;
  private final Counter catchUps;
  private final Counter dropped;
  private final Counter failures;
  private final Latency sinceReceived;
  private final Latency sinceCommitted;
  private final AtomicInteger subscriptions;

  FeedMetrics(MeterRegistry registry) {
    deliveries = counter(registry, "deliveries", "events sent live to sessions");
    pushes = counter(registry, "pushes", "ephemeral objects sent to sessions");
    duplicates = counter(registry, "feed.duplicates", "events that had come before");
    holes = counter(registry, "feed.holes.fetched", "pages read to fill holes in feeds");
    catchUps = counter(registry, "feed.catchups", "pages read for sessions that catch up");
    dropped =
        counter(registry, "feed.pushes.dropped", "ephemeral objects withheld from catching up");
    failures = counter(registry, "feed.failures", "deliveries that could not be handled");
    sinceReceived = latency(registry, "received");
    sinceCommitted = latency(registry, "committed");
    subscriptions = registry.gauge("parley.gateway.subscriptions", new AtomicInteger());
  }

  /// Gauges of what is held; they are read when metrics are.
  void watch(MeterRegistry registry, FeedPorts ports) {
    registry.gauge("parley.gateway.feeds", ports.feeds(), feeds -> feeds.all().size());
    registry.gauge(
        "parley.gateway.feed.waiting",
        ports.feeds(),
        feeds -> feeds.all().stream().mapToInt(Feed::waiting).sum());
    registry.gauge(
        "parley.gateway.feed.queued",
        ports.loops(),
        loops -> loops.all().stream().mapToInt(LoopFanout::queued).sum());
  }

  /// An event went to `sessions` of one loop: measured once for all of them, since they are written
  /// to in one turn of it.
  void delivered(int sessions, FeedEvent.@Nullable Times times) {
    deliveries.increment(sessions);
    if (sessions > 0 && times != null) {
      sinceReceived.since(times.received());
      sinceCommitted.since(times.committed());
    }
  }

  void pushed() {
    pushes.increment();
  }

  void duplicate() {
    duplicates.increment();
  }

  void holeFetched() {
    holes.increment();
  }

  void catchUp() {
    catchUps.increment();
  }

  void dropped() {
    dropped.increment();
  }

  void subscribed(int change) {
    subscriptions.addAndGet(change);
  }

  void failed(Throwable problem) {
    failures.increment();
    LOG.error(
        "A delivery could not be handled; the sessions concerned may have to resume", problem);
  }

  private static Latency latency(MeterRegistry registry, String since) {
    return new Latency(
        registry,
        "parley.gateway.delivery.latency",
        "until an event was given to the sockets of a loop",
        Tags.of("since", since),
        System::currentTimeMillis);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("parley.gateway." + name).description(description).register(registry);
  }
}
