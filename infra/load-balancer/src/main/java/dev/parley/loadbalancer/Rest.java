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
  /// Longer than any service's own limits: those answer with a better reason.
  private static final long ANSWER_MILLIS = 60_000;

  private static final String REFUSAL = "refusal";

  private final HttpClient client;
  private final Pool pool;
  private final HttpProxy proxy;

  Rest(HttpClient client, Pool pool) {
    this.client = client;
    this.pool = pool;
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
                    .setIdleTimeout(ANSWER_MILLIS)))
        .map(connected -> {
          context.set(REFUSAL, Refusal.BROKE_OFF);
          countUntilDone(request, connected.upstream());
          return connected.connection();
        });
  }

  private static void countUntilDone(HttpServerRequest request, Upstream upstream) {
    AtomicBoolean done = new AtomicBoolean();
    Handler<Void> once =
        ignored -> {
          if (done.compareAndSet(false, true)) {
            upstream.closed();
          }
        };
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
