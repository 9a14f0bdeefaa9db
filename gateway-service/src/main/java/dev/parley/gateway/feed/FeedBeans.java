package dev.parley.gateway.feed;

import dev.parley.gateway.log.LogClient;
import dev.parley.gateway.presence.PresenceClient;
import dev.parley.gateway.route.Routes;
import dev.parley.gateway.route.SlotChange;
import dev.parley.runtime.trace.Spans;
import dev.parley.runtime.trail.TrailRing;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Puts fan-out together.
@ApplicationScoped
class FeedBeans {
  @Produces
  @Singleton
  FeedPorts ports(
      LogClient log,
      PresenceClient presence,
      Routes routes,
      MeterRegistry registry,
      TrailRing trail,
      Spans spans) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("feed-timer").factory());
    FeedMetrics metrics = new FeedMetrics(registry);
    FeedPorts ports =
        FeedPorts.of(
            log,
            presence,
            routes,
            (delay, action) -> {
              var _ = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
            },
            metrics,
            trail,
            spans);
    metrics.watch(registry, ports);
    return ports;
  }

  /// Changes may have been told to the gateways that Redis named, and not to this one.
  void recovered(@Observes SlotChange.Recovered recovered, FeedPorts ports) {
    ports.doubts().doubtAll();
  }

  @Produces
  @Singleton
  Subscriptions subscriptions(FeedPorts ports) {
    return new LiveSubscriptions(ports);
  }

  @Produces
  @Singleton
  Deliveries deliveries(FeedPorts ports) {
    return new Fanout(ports);
  }
}
