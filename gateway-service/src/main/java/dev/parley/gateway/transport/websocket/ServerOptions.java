package dev.parley.gateway.transport.websocket;

import dev.parley.gateway.transport.TransportConfig;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/// Gives the HTTP server our one limit of a message, so that a frame over it is refused by its
/// header already. What is fixed stands in application.properties.
@Singleton
final class ServerOptions implements HttpServerOptionsCustomizer {
  private final TransportConfig config;

  ServerOptions(TransportConfig config) {
    this.config = config;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setMaxWebSocketFrameSize(Math.toIntExact(config.maxMessage().asLongValue()));
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    customizeHttpServer(options);
  }
}
