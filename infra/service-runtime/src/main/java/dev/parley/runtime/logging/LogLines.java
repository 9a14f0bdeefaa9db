package dev.parley.runtime.logging;

import io.quarkus.logging.LoggingFilter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.formatters.StructuredFormatter;

/// Has every handler write lines as [LogConfig] says: JSON, or [PlainLines] for people. It is the
/// console's filter (`quarkus.log.console.filter`), lets everything pass, and is asked before the
/// first line is written: that is the one moment early enough for what a start says before there
/// are beans.
///
/// Public because the framework makes it; services never do.
@LoggingFilter(name = "parley-lines")
public final class LogLines implements Filter {
  private final AtomicBoolean installed = new AtomicBoolean();

  @Override
  public boolean isLoggable(LogRecord line) {
    if (!installed.get() && installed.compareAndSet(false, true)) {
      Config config = ConfigProvider.getConfig();
      boolean json = config.getOptionalValue("parley.log.json", Boolean.class).orElse(false);
      String service =
          config.getOptionalValue("quarkus.application.name", String.class).orElse("unknown");
      install(
          Logger.getLogger("").getHandlers(),
          lines -> json ? new JsonLines(service) : new PlainLines(lines));
    }
    return true;
  }

  private static void install(Handler[] handlers, UnaryOperator<ExtFormatter> replacement) {
    for (Handler handler : handlers) {
      // Whatever stands there, what prints the banner too; but nothing that escapes by itself.
      if (handler.getFormatter() instanceof ExtFormatter lines
          && !(lines instanceof StructuredFormatter)) {
        handler.setFormatter(replacement.apply(lines));
      }
      if (handler instanceof ExtHandler parent) {
        install(parent.getHandlers(), replacement);
      }
    }
  }
}
