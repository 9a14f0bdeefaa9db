package dev.parley.runtime.logging;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.formatters.PatternFormatter;

/// Puts [PlainLines] before every handler that writes lines for people. One that writes JSON is
/// left alone: it escapes by itself.
@ApplicationScoped
class LogLines {
  private static final int FIRST = 1;

  void install(@Observes @Priority(FIRST) StartupEvent event) {
    install(Logger.getLogger("").getHandlers());
  }

  private static void install(Handler[] handlers) {
    for (Handler handler : handlers) {
      if (handler.getFormatter() instanceof PatternFormatter lines) {
        handler.setFormatter(new PlainLines(lines));
      }
      if (handler instanceof ExtHandler parent) {
        install(parent.getHandlers());
      }
    }
  }
}
