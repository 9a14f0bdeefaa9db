package dev.parley.runtime.problem;

import dev.parley.contracts.ErrorCode;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses bodies that are announced as larger than `quarkus.http.limits.max-body-size` with a
/// problem document; the framework by itself answers them with an empty body, before any mapper is
/// asked. On the event loop.
@ApplicationScoped
class BodyLimit {
  // Below the answers to other origins, whose pages are to be able to read the refusal.
  private static final int PRIORITY = 150;

  private final long most;

  BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
    this.most = most.asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (announced(request) <= most) {
      context.next();
      return;
    }
    ProblemDocument refusal =
        ProblemDocument.of(
            ErrorCode.TOO_LARGE, "The body is too large; it may have " + most + " bytes.");
    HttpServerResponse response = context.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setStatusCode(refusal.status()).end(refusal.json());
  }

  // The server has refused what is no number.
  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }
}
