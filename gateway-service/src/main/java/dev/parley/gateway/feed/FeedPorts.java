package dev.parley.gateway.feed;

import dev.parley.gateway.log.LogClient;
import dev.parley.gateway.presence.PresenceClient;
import dev.parley.gateway.route.Routes;
import dev.parley.runtime.trace.Spans;
import dev.parley.runtime.trail.TrailRing;
import java.time.Duration;

/// What every part of fan-out works with.
record FeedPorts(
    LogClient log,
    Timer timer,
    Feeds feeds,
    Interests interests,
    Loops loops,
    Repair repair,
    PresenceDoubts doubts,
    FeedMetrics metrics,
    TrailRing trail,
    Spans spans) {

  static FeedPorts of(
      LogClient log,
      PresenceClient presence,
      Routes routes,
      Timer timer,
      FeedMetrics metrics,
      TrailRing trail,
      Spans spans) {
    Loops loops = new Loops();
    Interests interests = new Interests(routes);
    return new FeedPorts(
        log,
        timer,
        new Feeds(routes, loops),
        interests,
        loops,
        new Repair(log, timer, metrics),
        new PresenceDoubts(presence, timer, interests, loops),
        metrics,
        trail,
        spans);
  }

  /// Runs things later, on a thread on which nothing waits: what runs hands on at once.
  interface Timer {
    void after(Duration delay, Runnable action);
  }
}
