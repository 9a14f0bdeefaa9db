package dev.parley.runtime.origin;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Answers cross-origin requests (CORS) of the origins listed in `parley.origins`, for example
/// `https://chat.example`. Default none: pages need no leave to read what comes from their own
/// origin.
///
/// A request of another origin is served without the headers that would let its page read the
/// answer. It is not refused: no cookie stands for a user here, so a foreign page can do nothing
/// that it could not do without a browser; and behind an entry that ends TLS, a service cannot tell
/// its own origin.
@ApplicationScoped
class CrossOrigin {
  // Above everything that routes a request.
  private static final int PRIORITY = 200;
  private static final String METHODS = "GET, POST, PATCH, DELETE";
  private static final String HEADERS = "Authorization, Content-Type, Idempotency-Key";
  private static final String EXPOSED = "Retry-After";
  private static final String ONE_HOUR = "3600";

  private final Set<String> origins;

  /// @param origins Origins of browsers (`https://chat.example`) whose pages may read what REST
  ///   answers. Default none: pages need no leave to read what comes from their own origin.
  CrossOrigin(@ConfigProperty(name = "parley.origins") Optional<List<String>> origins) {
    this.origins = Set.copyOf(origins.orElse(List.of()));
  }

  void register(@Observes Filters filters) {
    if (!origins.isEmpty()) {
      filters.register(this::answer, PRIORITY);
    }
  }

  private void answer(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    response.putHeader(HttpHeaders.VARY, "Origin");
    if (origin == null || !origins.contains(origin)) {
      context.next();
      return;
    }
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    boolean preflight =
        request.method().equals(HttpMethod.OPTIONS)
            && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    if (!preflight) {
      context.next();
      return;
    }
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, ONE_HOUR);
    response.setStatusCode(204).end();
  }
}
