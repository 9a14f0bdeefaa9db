package dev.parley.loadbalancer;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.util.concurrent.atomic.AtomicBoolean;

/// Passes requests on to one service. A server that cannot be reached is skipped; one that fails
/// once it has been sent a request is not replaced by another, since the request may have been
/// applied. On the event loop of the client's connection.
final class Rest {
  private static final String REFUSAL = "refusal";

  private final HttpClient client;
  private final Pool pool;
  private final Limits limits;
  private final HttpProxy proxy;

  Rest(HttpClient client, Pool pool, Limits limits) {
    this.client = client;
    this.pool = pool;
    this.limits = limits;
    this.proxy =
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
            .origin(this::connect)
            .addInterceptor(new Interceptor());
  }

  void handle(HttpServerRequest request) {
    proxy.handle(request);
  }

  private Future<HttpClientRequest> connect(ProxyContext context) {
    context.set(REFUSAL, Refusal.UNREACHABLE);
    HttpServerRequest request = context.request().proxiedRequest();
    return pool.connect(upstream ->
            client.request(
                new RequestOptions()
                    .setServer(upstream.socket())
                    .setHost(upstream.address().host())
                    .setPort(upstream.address().port())
                    .setConnectTimeout(limits.connection().toMillis())
                    .setIdleTimeout(limits.answer().toMillis())))
        .map(connected -> {
          context.set(REFUSAL, Refusal.BROKE_OFF);
          // Reset when the client goes; logged as an error if nobody listens.
          connected.connection().exceptionHandler(reset -> {});
          countUntilDone(request, connected);
          return connected.connection();
        });
  }

  private static void countUntilDone(
      HttpServerRequest request, Pool.Connected<HttpClientRequest> connected) {
    AtomicBoolean done = new AtomicBoolean();
    Handler<Void> once =
        ignored -> {
          if (done.compareAndSet(false, true)) {
            connected.upstream().closed();
          }
        };
    if (request.response().closed()) {
      // The client did not wait for a connection.
      connected.connection().reset();
      once.handle(null);
      return;
    }
    request.response().endHandler(once).closeHandler(once);
  }

  /// Rewrites what goes in and turns the proxy's bare failures into problem documents.
  private static final class Interceptor implements ProxyInterceptor {
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      HttpServerRequest request = context.request().proxiedRequest();
      ForwardedHeaders.replace(context.request().headers(), request);
      // The entry has said "100 Continue" already.
      context.request().headers().remove(HttpHeaders.EXPECT);
      if (request.authority() != null) {
        context.request().setAuthority(request.authority());
      }
      context.request().setURI(Destination.originForm(request));
      return context.sendRequest();
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
      ProxyResponse response = context.response();
      if (response.getStatusCode() == 502 && response.getBody() == null) {
        Refusal refusal = context.get(REFUSAL, Refusal.class);
        refusal.describe(response.headers());
        response.setStatusCode(refusal.status());
        response.setBody(Body.body(refusal.document()));
      }
      return context.sendResponse();
    }
  }
}
