package dev.parley.gateway.internal;

import dev.parley.runtime.internal.ServiceCredential;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Asks other services at their internal addresses and waits for the whole answer. Any thread.
public final class InternalClient implements AutoCloseable {
  private final HttpClient http;
  private final ServiceCredential credential;
  private final Duration timeout;

  /// @param timeout of an answer's head, and once more of its body
  public InternalClient(
      Vertx vertx,
      ServiceCredential credential,
      HttpClientOptions options,
      PoolOptions pool,
      Duration timeout) {
    // Whoever asked on a connection that breaks is told; what nobody listens to is logged as an
    // error.
    this.http =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(pool)
            .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
            .build();
    this.credential = credential;
    this.timeout = timeout;
  }

  /// What was answered, whatever it is.
  public record Response(int status, MultiMap headers, Buffer body) {}

  /// Fails if no answer comes.
  ///
  /// @param instance base URL of who is asked
  /// @param path with its query
  /// @param body JSON, or nothing
  public Future<Response> ask(URI instance, HttpMethod method, String path, Buffer body) {
    boolean tls = "https".equals(instance.getScheme());
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setSsl(tls)
            .setHost(instance.getHost())
            .setPort(instance.getPort() > 0 ? instance.getPort() : tls ? 443 : 80)
            .setURI(path)
            .setTimeout(timeout.toMillis())
            .putHeader("Content-Type", "application/json")
            .putHeader(ServiceCredential.HEADER, credential.value());
    return http.request(options).compose(request -> response(request, body));
  }

  // On the request's loop from beginning to end. Asked for by the thread that began the read, the
  // body might have passed before anybody listened, and would be waited for in vain.
  private Future<Response> response(HttpClientRequest request, Buffer body) {
    return request
        .send(body)
        .compose(response ->
            response
                .body()
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                // Or a connection whose other end has vanished would never leave the pool.
                .onFailure(problem -> request.reset())
                .map(bytes -> new Response(response.statusCode(), response.headers(), bytes)));
  }

  @Override
  public void close() {
    var _ = http.close();
  }
}
