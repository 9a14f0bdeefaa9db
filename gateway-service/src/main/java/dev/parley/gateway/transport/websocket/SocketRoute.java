package dev.parley.gateway.transport.websocket;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What is done with requests for `/ws` before the endpoint sees them: those without a WebSocket
/// handshake are told what to do.
@Singleton
final class SocketRoute {
  /// After Quarkus' filters, which come at the negatives of their priorities, and before endpoints.
  private static final int ORDER = -1;

  private static final String PROBLEM =
      """
      {"type":"about:blank","title":"Upgrade Required","status":426,"code":"bad_request",\
      "detail":"Connect with a WebSocket handshake (RFC 6455)."}\
      """;

  void register(@Observes Router router) {
    router
        .route("/ws")
        .order(ORDER)
        .handler(request -> {
          if (request.request().headers().contains("Sec-WebSocket-Key")) {
            // We look at tokens ourselves. With the identity here Quarkus would keep the whole
            // request for as long as the connection lives, some 4 KB.
            request.remove(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
            request.next();
            return;
          }
          request
              .response()
              .setStatusCode(426)
              .putHeader("Upgrade", "websocket")
              .putHeader("Connection", "Upgrade")
              .putHeader("Content-Type", "application/problem+json")
              .end(PROBLEM);
        });
  }
}
