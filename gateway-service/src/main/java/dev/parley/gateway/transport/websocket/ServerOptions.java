package dev.parley.gateway.transport.websocket;

import dev.parley.gateway.transport.TransportConfig;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/// Gives the HTTP server our one limit of a message, so that a frame over it is refused by its
/// header already, and no compression: our frames are written past Vert.x as they are, and its
/// inflation knows no limit. Quarkus has a key for only one of the two kinds of compression; that
/// one stands in application.properties, since Quarkus' own customizer may come after this one.
@Singleton
final class ServerOptions implements HttpServerOptionsCustomizer {
  private final TransportConfig config;

  ServerOptions(TransportConfig config) {
    this.config = config;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setMaxWebSocketFrameSize(Math.toIntExact(config.maxMessage().asLongValue()));
    options.setPerFrameWebSocketCompressionSupported(false);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    customizeHttpServer(options);
  }
}
