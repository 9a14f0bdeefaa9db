package dev.parley.gateway.transport.websocket;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Tells those who ask for `/ws` without a WebSocket handshake what to do.
@Singleton
final class UpgradeRequired {
  private static final String PROBLEM =
      """
      {"type":"about:blank","title":"Upgrade Required","status":426,"code":"bad_request",\
      "detail":"Connect with a WebSocket handshake (RFC 6455)."}\
      """;

  void register(@Observes Router router) {
    router
        .route("/ws")
        .handler(request -> {
          if (request.request().headers().contains("Sec-WebSocket-Key")) {
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
