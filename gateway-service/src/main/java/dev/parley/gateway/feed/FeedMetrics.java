package dev.parley.gateway.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

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

  void delivered(int sessions) {
    deliveries.increment(sessions);
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

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("parley.gateway." + name).description(description).register(registry);
  }
}
