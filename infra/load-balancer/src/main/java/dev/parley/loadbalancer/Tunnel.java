package dev.parley.loadbalancer;

import static io.vertx.core.http.HttpHeaders.CONNECTION;
import static io.vertx.core.http.HttpHeaders.HOST;
import static io.vertx.core.http.HttpHeaders.TRANSFER_ENCODING;
import static io.vertx.core.http.HttpHeaders.UPGRADE;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;

/// Connects WebSocket clients with gateways: the handshake is passed on, then bytes go both ways
/// untouched. On the event loop of the client's connection, which the gateway's shares.
///
/// Not the proxy library's own tunnel: that one reads on while the other side does not, so that one
/// slow client fills the memory of the entry. Here each direction holds at most [#QUEUE_BYTES] and
/// one read more; then reading stops, and the gateway sees a slow client as such.
final class Tunnel {
  private static final int QUEUE_BYTES = 32 * 1024;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final HttpClient client;
  private final Pool pool;
  private final Limits limits;

  Tunnel(HttpClient client, Pool pool, Limits limits) {
    this.client = client;
    this.pool = pool;
    this.limits = limits;
  }

  void handle(HttpServerRequest request) {
    if (!isHandshake(request)) {
      Refusal.BAD_HANDSHAKE.answer(request);
      return;
    }
    if (pool.open() >= limits.sessions()) {
      Refusal.FULL.answer(request);
      return;
    }
    request.pause();
    pool.connect(upstream -> shake(request, upstream))
        .onFailure(unreachable -> Refusal.UNREACHABLE.answer(request))
        .onSuccess(connected -> {
          if (connected.connection().statusCode() == 101) {
            open(request, connected.connection(), connected.upstream());
          } else {
            refuse(request, connected.connection(), connected.upstream());
          }
        });
  }

  /// Passes the handshake on and awaits the gateway's answer. Fails if there is none in time, or if
  /// it is 503; the same handshake may then be passed to another gateway, since it changes nothing.
  private Future<HttpClientResponse> shake(HttpServerRequest request, Upstream upstream) {
    return client
        .request(
            new RequestOptions()
                .setServer(upstream.socket())
                .setHost(upstream.address().host())
                .setPort(upstream.address().port()))
        .compose(onward -> {
          prepare(request, onward);
          return onward
              .connect()
              .timeout(limits.handshake().toMillis(), TimeUnit.MILLISECONDS)
              .onFailure(late -> onward.reset())
              .compose(answer -> declines(answer, onward));
        });
  }

  // A gateway that stops, or is stormed, says so before it is seen in any other way. As its
  // sessions
  // leave it, it is the least busy one: all who come back would be sent there again.
  private static Future<HttpClientResponse> declines(
      HttpClientResponse answer, HttpClientRequest onward) {
    if (answer.statusCode() != SERVICE_UNAVAILABLE) {
      return Future.succeededFuture(answer);
    }
    onward.reset();
    return Future.failedFuture(new Pool.Declined());
  }

  private static void prepare(HttpServerRequest request, HttpClientRequest onward) {
    onward.setMethod(HttpMethod.GET).setURI(Destination.originForm(request));
    if (request.authority() != null) {
      onward.authority(request.authority());
    }
    MultiMap headers = onward.headers().addAll(request.headers()).remove(HOST);
    ForwardedHeaders.replace(headers, request);
    // Some browsers send "keep-alive, Upgrade"; keep-alive concerns their connection, not ours.
    headers.set(CONNECTION, UPGRADE);
    // Told here when an upgraded connection ends, too; logged as an error if nobody listens.
    onward.exceptionHandler(ended -> {});
    onward.connection().exceptionHandler(reset -> {});
    request.connection().exceptionHandler(reset -> {});
  }

  private static void open(
      HttpServerRequest request, HttpClientResponse accepted, Upstream upstream) {
    // What the gateway says right after its handshake waits until the client can hear it.
    NetSocket gateway = accepted.netSocket();
    if (request.response().closed()) {
      // The client did not wait; its connection can be made nothing of any more.
      upstream.closed();
      gateway.close();
      return;
    }
    gateway.pause();
    request.response().setStatusCode(101).headers().addAll(accepted.headers());
    request
        .toNetSocket()
        .onFailure(gone -> {
          upstream.closed();
          gateway.close();
        })
        .onSuccess(client -> {
          gateway.closeHandler(closed -> {
            upstream.closed();
            client.close();
          });
          client.closeHandler(closed -> gateway.close());
          client.setWriteQueueMaxSize(QUEUE_BYTES);
          gateway.setWriteQueueMaxSize(QUEUE_BYTES);
          client.pipeTo(gateway);
          gateway.pipeTo(client);
        });
  }

  /// Passes on why the gateway refused.
  private static void refuse(
      HttpServerRequest request, HttpClientResponse refused, Upstream upstream) {
    HttpServerResponse response = request.response();
    response.setStatusCode(refused.statusCode()).setStatusMessage(refused.statusMessage());
    response.headers().addAll(refused.headers()).remove(CONNECTION).remove(TRANSFER_ENCODING);
    refused
        .body()
        .onComplete(body -> {
          upstream.closed();
          request.resume();
          if (body.succeeded()) {
            response.end(body.result());
          } else {
            request.connection().close();
          }
        });
  }

  private static boolean isHandshake(HttpServerRequest request) {
    return HttpMethod.GET.equals(request.method())
        && request.version() == HttpVersion.HTTP_1_1
        && request.headers().contains(UPGRADE, "websocket", true)
        && request.headers().contains("Sec-WebSocket-Key");
  }
}
