package dev.parley.auth.keys;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Looks after the signing keys: once before the first request, then at a slow beat on a thread of
/// its own.
@ApplicationScoped
class KeyUpkeep {
  private static final Logger LOG = Logger.getLogger(KeyUpkeep.class);

  private final SigningKeys keys;
  private final KeyConfig config;
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("signing-keys").factory());

  KeyUpkeep(SigningKeys keys, KeyConfig config) {
    this.keys = keys;
    this.config = config;
  }

  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
    keys.maintain();
    long nanos = config.refresh().toNanos();
    // What runs there catches its own failures.
    Future<?> _ = beat.scheduleWithFixedDelay(this::maintain, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    beat.shutdownNow();
  }

  private void maintain() {
    try {
      keys.maintain();
    } catch (RuntimeException e) {
      LOG.warn("signing keys could not be read; those known stay in use", e);
    }
  }
}
