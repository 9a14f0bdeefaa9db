package dev.parley.loadbalancer;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/// One event loop's share of the entry: it accepts clients and sends each request where its path
/// says. All loops share the port and the pools.
final class Entry extends AbstractVerticle {
  /// The most that any service takes; each has a limit of its own below it.
  static final int MAX_BODY_BYTES = 1 << 20;

  private static final int CONNECT_MILLIS = 1_000;

  /// Two missed pings of a gateway: neither side of a live connection is silent for so long.
  private static final int IDLE_SECONDS = 90;

  private static final int MAX_REST_CONNECTIONS = 64;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int ACCEPT_BACKLOG = 4_096;

  private final Address listen;
  private final Pools pools;
  private final Limits limits;

  Entry(Address listen, Pools pools, Limits limits) {
    this.listen = listen;
    this.pools = pools;
    this.limits = limits;
  }

  @Override
  public void start(Promise<Void> started) {
    var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS);
    var gateways = new HttpClientOptions(options).setMaxPoolSize(limits.sessions());
    var rest =
        vertx.createHttpClient(
            new HttpClientOptions(options)
                .setMaxPoolSize(MAX_REST_CONNECTIONS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS));
    Map<Destination, Rest> services = new EnumMap<>(Destination.class);
    for (Destination service : EnumSet.complementOf(EnumSet.of(Destination.GATEWAYS))) {
      services.put(service, new Rest(rest, pools.of(service), limits));
    }
    var tunnel =
        new Tunnel(vertx.createHttpClient(gateways), pools.of(Destination.GATEWAYS), limits);
    vertx
        .createHttpServer(
            new HttpServerOptions()
                .setHost(listen.host())
                .setPort(listen.port())
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setIdleTimeout(IDLE_SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true))
        .requestHandler(request -> handle(request, tunnel, services))
        .listen()
        .<Void>mapEmpty()
        .onComplete(started);
  }

  private static void handle(
      HttpServerRequest request, Tunnel tunnel, Map<Destination, Rest> services) {
    Destination destination = Destination.of(request.path());
    Rest service = destination == null ? null : services.get(destination);
    if (destination == Destination.GATEWAYS) {
      tunnel.handle(request);
    } else if (service != null && isTooLarge(request)) {
      Refusal.TOO_LARGE.answer(request);
    } else if (service != null) {
      service.handle(request);
    } else {
      Refusal.NOWHERE.answer(request);
    }
  }

  // A service would answer before it has read all, and the answer be lost in what is still sent.
  private static boolean isTooLarge(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && Long.parseLong(length) > MAX_BODY_BYTES;
  }
}
