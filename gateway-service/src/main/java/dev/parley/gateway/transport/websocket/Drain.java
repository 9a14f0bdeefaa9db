package dev.parley.gateway.transport.websocket;

import dev.parley.gateway.transport.Inlet;
import dev.parley.gateway.transport.TransportConfig;
import dev.parley.runtime.health.Check;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/// Lets sessions go before the process stops: not ready and no upgrades first, then every session
/// gets the replies that it is owed and is closed with 1012, spread over a time so that the
/// gateways that get them are not stormed. Left alone, the layers below would close with 1000 or
/// just cut.
@Readiness
@Singleton
final class Drain implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(Drain.class);

  /// Within this time after the signal the process has to be gone, whoever does not read.
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /// So many sessions are let go in the configured time.
  private static final int SESSIONS = 10_000;

  /// So few storm nobody by the way they are told, and lose nothing by waiting besides.
  private static final int FEW = 1_000;

  private final Connections connections;
  private final Duration notice;
  private final Duration spread;
  private final Duration limit;

  Drain(Connections connections, TransportConfig config) {
    this.connections = connections;
    this.notice = config.drain().notice();
    this.spread = config.drain().spread();
    // A beat may come a second late.
    Duration longest = spread(config.maxConnections());
    this.limit = notice.plus(longest).plus(Inlet.OWED).plus(config.closeTimeout()).plusSeconds(2);
    if (limit.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "parley.gateway.transport.drain.notice (%s), drain.spread (%s for %d connections),"
                  .formatted(notice, longest, config.maxConnections())
              + " close-timeout (%s) and %s for owed replies are more than 28 s together"
                  .formatted(config.closeTimeout(), Inlet.OWED));
    }
  }

  void stopping(@Observes ShutdownDelayInitiatedEvent event) {
    run();
  }

  /// Blocks until every connection is gone, or for as long as they may take.
  void run() {
    connections.refuse();
    int sessions = connections.count();
    Duration time = spread(sessions);
    // They are spread by being told one after the other; this only blurs the steps.
    String reason = "reconnect within=" + within(sessions, time);
    Executor later = CompletableFuture.delayedExecutor(notice.toMillis(), TimeUnit.MILLISECONDS);
    try {
      CompletableFuture.supplyAsync(() -> connections.closeAll(time, reason), later)
          .thenCompose(gone -> gone)
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warnf("%d connections did not close within %s and are cut", connections.count(), limit);
    } catch (ExecutionException e) {
      LOG.error("Sessions could not be let go and are cut", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Seconds over which those who were told are to come back.
  static long within(int sessions, Duration spread) {
    return sessions <= FEW ? 0 : Math.max(1, spread.toSeconds() / 2);
  }

  private Duration spread(int sessions) {
    return spread.multipliedBy(Math.max(sessions, SESSIONS)).dividedBy(SESSIONS);
  }

  @Override
  public HealthCheckResponse call() {
    return Check.of(
        "draining",
        connections.draining() ? "The process is stopping and lets its sessions go." : null);
  }
}
