package dev.parley.runtime.logging;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/// Levels of log categories at run time, on the management port alone, which the entry never
/// reaches. They last until the process ends.
///
///     GET    /q/log-levels/dev.parley
///     PUT    /q/log-levels/dev.parley?level=DEBUG
///     DELETE /q/log-levels/dev.parley      as its parent again
@ApplicationScoped
class LogLevels {
  private static final org.jboss.logging.Logger LOG =
      org.jboss.logging.Logger.getLogger(LogLevels.class);
  private static final Pattern CATEGORY = Pattern.compile("[A-Za-z0-9_.$-]{1,200}");
  private static final String ROOT = "root";

  /// Below DEBUG nothing is built in (`quarkus.log.min-level`).
  private static final Map<String, java.util.logging.Level> LEVELS =
      Map.of(
          "OFF", Level.OFF,
          "ERROR", Level.ERROR,
          "WARN", Level.WARN,
          "INFO", Level.INFO,
          "DEBUG", Level.DEBUG);

  void routes(@Observes ManagementInterface management) {
    Router router = management.router();
    router.get("/q/log-levels/:category").handler(this::show);
    router.put("/q/log-levels/:category").handler(this::set);
    router.delete("/q/log-levels/:category").handler(this::reset);
  }

  private void show(RoutingContext request) {
    Logger logger = logger(request);
    if (logger != null) {
      answer(request, logger);
    }
  }

  private void set(RoutingContext request) {
    Logger logger = logger(request);
    String name = request.queryParams().get("level");
    java.util.logging.Level level = name == null ? null : LEVELS.get(name);
    if (level == null) {
      refuse(request, "'level' must be one of OFF, ERROR, WARN, INFO, DEBUG.");
    } else if (logger != null) {
      LOG.infof("log level of %s is %s from now on", category(request), level);
      logger.setLevel(level);
      answer(request, logger);
    }
  }

  private void reset(RoutingContext request) {
    Logger logger = logger(request);
    if (logger != null) {
      if (category(request).equals(ROOT)) {
        refuse(request, "'root' has no parent; give it a level.");
        return;
      }
      logger.setLevel(null);
      answer(request, logger);
    }
  }

  private static String category(RoutingContext request) {
    return Objects.requireNonNull(request.pathParam("category"));
  }

  private static @Nullable Logger logger(RoutingContext request) {
    String category = category(request);
    if (!CATEGORY.matcher(category).matches()) {
      refuse(request, "A category is letters, digits and . _ $ - and at most 200 of them.");
      return null;
    }
    return LogContext.getLogContext().getLogger(category.equals(ROOT) ? "" : category);
  }

  private static void answer(RoutingContext request, Logger logger) {
    java.util.logging.Level own = logger.getLevel();
    request.json(
        new JsonObject()
            .put("category", category(request))
            .put("level", own == null ? null : own.getName())
            .put("effective", effective(logger)));
  }

  // The logger itself knows it as a number only.
  private static String effective(Logger logger) {
    for (java.util.logging.Logger of = logger; of != null; of = of.getParent()) {
      if (of.getLevel() != null) {
        return of.getLevel().getName();
      }
    }
    return Level.INFO.getName();
  }

  private static void refuse(RoutingContext request, String detail) {
    if (!request.response().ended()) {
      request.response().setStatusCode(400);
      request.json(new JsonObject().put("code", "bad_request").put("detail", detail));
    }
  }
}
