package dev.parley.gateway.protocol;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client of the JDK's own.
final class Client implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<String> objects = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private WebSocket socket;

  static Client open(URI server) {
    Client client = new Client();
    client.socket =
        HTTP.newWebSocketBuilder()
            .subprotocols("parley.v1.json")
            .buildAsync(URI.create("ws" + server.toString().substring(4)).resolve("/ws"), client)
            .join();
    return client;
  }

  void says(String message) {
    socket.sendText(message, true).join();
  }

  String hears() throws InterruptedException {
    String object = objects.poll(60, TimeUnit.SECONDS);
    if (object == null) {
      throw new AssertionError("nothing came; closed: " + closed.getNow(-1));
    }
    return object;
  }

  int closed() throws Exception {
    return closed.get(60, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      partial.toString().lines().filter(line -> !line.isEmpty()).forEach(objects::add);
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable problem) {
    closed.completeExceptionally(problem);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
