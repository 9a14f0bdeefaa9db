package dev.parley.auth.logins;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Deletes logins that are over, once an hour on a thread of its own; several instances may do so
/// at once.
@ApplicationScoped
class LoginUpkeep {
  private static final Logger LOG = Logger.getLogger(LoginUpkeep.class);

  private final Logins logins;
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ended-logins").factory());

  LoginUpkeep(Logins logins) {
    this.logins = logins;
  }

  void start(@Observes StartupEvent event) {
    // What runs there catches its own failures.
    Future<?> _ = beat.scheduleWithFixedDelay(this::deleteOver, 1, 60, TimeUnit.MINUTES);
  }

  void stop(@Observes ShutdownEvent event) {
    beat.shutdownNow();
  }

  private void deleteOver() {
    try {
      LOG.debugf("%d ended logins deleted", logins.deleteOver());
    } catch (RuntimeException e) {
      LOG.warn("ended logins could not be deleted; next try in an hour", e);
    }
  }
}
