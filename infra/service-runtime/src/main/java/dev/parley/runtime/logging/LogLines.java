package dev.parley.runtime.logging;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.formatters.PatternFormatter;

/// Has every handler write lines as [LogConfig] says: JSON, or [PlainLines] for people.
@ApplicationScoped
class LogLines {
  private static final int FIRST = 1;

  void install(
      @Observes @Priority(FIRST) StartupEvent event,
      LogConfig config,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    install(
        Logger.getLogger("").getHandlers(),
        lines -> config.json() ? new JsonLines(service) : new PlainLines(lines));
  }

  private static void install(Handler[] handlers, UnaryOperator<ExtFormatter> replacement) {
    for (Handler handler : handlers) {
      if (handler.getFormatter() instanceof PatternFormatter lines) {
        handler.setFormatter(replacement.apply(lines));
      }
      if (handler instanceof ExtHandler parent) {
        install(parent.getHandlers(), replacement);
      }
    }
  }
}
