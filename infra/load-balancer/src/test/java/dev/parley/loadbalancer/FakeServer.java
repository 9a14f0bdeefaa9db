package dev.parley.loadbalancer;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A gateway and a service at once: echoes WebSocket messages and describes requests.
final class FakeServer implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> handshakes = new CopyOnWriteArrayList<>();
  private final String name;
  private final HttpServer server;
  private volatile boolean draining;

  FakeServer(String name) {
    this.name = name;
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setPerMessageWebSocketCompressionSupported(false)
                    .setMaxWebSocketFrameSize(2 << 20)
                    .setMaxWebSocketMessageSize(4 << 20)
                    .setWebSocketSubProtocols(List.of("parley.v1.json")))
            .webSocketHandshakeHandler(handshake -> {
              handshakes.add(headers(handshake.headers()));
              if (draining) {
                handshake.reject(503);
              } else if ("refuse=1".equals(handshake.query())) {
                handshake.reject(403);
              } else {
                handshake.accept();
              }
            })
            .webSocketHandler(this::accept)
            .requestHandler(this::answer)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  String address() {
    return "127.0.0.1:" + server.actualPort();
  }

  /// Those that are open. A client's is among them some time after its handshake.
  List<ServerWebSocket> sockets() {
    return sockets;
  }

  List<Map<String, String>> handshakes() {
    return handshakes;
  }

  /// Takes no connections from now on, and says so.
  void drain() {
    draining = true;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void accept(ServerWebSocket socket) {
    // In this order: whoever finds it in the list may close it at once.
    socket.closeHandler(closed -> sockets.remove(socket));
    sockets.add(socket);
    socket.writeTextMessage("hello from " + name);
    socket.textMessageHandler(socket::writeTextMessage);
  }

  private void answer(HttpServerRequest request) {
    if ("break=1".equals(request.query())) {
      request.connection().close();
      return;
    }
    if ("half=1".equals(request.query())) {
      request.response().putHeader("Content-Length", "1000").write(Buffer.buffer("half"));
      vertx.setTimer(50, late -> request.connection().close());
      return;
    }
    request
        .body()
        .onSuccess(body ->
            request
                .response()
                .setStatusCode("teapot=1".equals(request.query()) ? 418 : 200)
                .putHeader("Served-By", name)
                .putHeader("Seen", headers(request.headers()).toString())
                .end(request.method() + " " + request.uri() + " " + body.length()));
  }

  private static Map<String, String> headers(io.vertx.core.MultiMap headers) {
    return headers.entries().stream()
        .collect(
            Collectors.toMap(
                e -> e.getKey().toLowerCase(java.util.Locale.ROOT),
                Map.Entry::getValue,
                (a, b) -> a + "|" + b));
  }
}
