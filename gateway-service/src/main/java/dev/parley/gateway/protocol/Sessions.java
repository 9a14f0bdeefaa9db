package dev.parley.gateway.protocol;

import dev.parley.contracts.Ids;
import dev.parley.contracts.json.JsonLimits;
import dev.parley.gateway.command.Commands;
import dev.parley.gateway.feed.Subscriptions;
import dev.parley.gateway.limit.LimitConfig;
import dev.parley.gateway.limit.UserSessions;
import dev.parley.gateway.log.LogClient;
import dev.parley.gateway.presence.PresenceClient;
import dev.parley.gateway.presence.SessionReports;
import dev.parley.gateway.route.Slot;
import dev.parley.gateway.token.Tokens;
import dev.parley.gateway.transport.Inlet;
import dev.parley.gateway.transport.Outlet;
import dev.parley.gateway.transport.TransportConfig;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes a session of every connection, and lets all of them do what is due: one beat for the whole
/// gateway instead of timers for each session.
@ApplicationScoped
class Sessions implements Inlet.Acceptor {
  private static final Logger LOG = Logger.getLogger(Sessions.class);

  /// Deadlines are kept to this.
  private static final long BEAT_MILLIS = 200;

  private final SessionPorts ports;
  private final Clock clock = Clock.systemUTC();
  private final Map<Executor, Set<Session>> byLoop = new ConcurrentHashMap<>();
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("session-beat").factory());

  Sessions(
      Slot slot,
      Tokens tokens,
      UserSessions users,
      LimitConfig limits,
      Subscriptions subscriptions,
      Commands commands,
      LogClient log,
      SessionReports reports,
      PresenceClient presence,
      TransportConfig transport,
      MeterRegistry registry,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.ports =
        new SessionPorts(
            slot,
            tokens,
            users,
            limits,
            new JsonLimits(limits.jsonString(), limits.jsonNumber(), limits.jsonValues()),
            subscriptions,
            commands,
            log,
            reports,
            presence,
            Greeting.of(
                (int) transport.pingInterval().toSeconds(),
                version,
                (int) transport.maxMessage().asLongValue(),
                limits),
            new CommandMetrics(registry),
            System::nanoTime,
            () -> Ids.timeOrdered(clock.millis()));
    var _ = beat.scheduleAtFixedRate(this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void close() {
    beat.shutdownNow();
  }

  @Override
  public Inlet accept(Outlet outlet, @Nullable String bearerToken, String address) {
    // A set is used on its loop only.
    Set<Session> siblings = byLoop.computeIfAbsent(outlet.loop(), loop -> new HashSet<>());
    Session session = new Session(ports, outlet, bearerToken, siblings::remove);
    siblings.add(session);
    return session;
  }

  private void beat() {
    byLoop.forEach((loop, sessions) -> {
      try {
        loop.execute(() -> tick(sessions));
      } catch (RejectedExecutionException e) {
        LOG.debug("an event loop has ended", e);
      }
    });
  }

  private void tick(Set<Session> sessions) {
    if (sessions.isEmpty()) {
      return;
    }
    long nanos = ports.nanos().getAsLong();
    long millis = clock.millis();
    // A copy: a session whose time is up leaves the set.
    for (Session session : sessions.toArray(Session[]::new)) {
      session.tick(nanos, millis);
    }
  }
}
