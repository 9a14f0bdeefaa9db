package dev.parley.gateway.transport.websocket;

import dev.parley.gateway.transport.TransportConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides which requests for `/ws` reach the endpoint, and tells the others why not; the cheapest
/// refusals come first, so that a storm of reconnects costs the sessions that are here nothing. On
/// the connection's loop.
@Singleton
final class Handshakes {
  static final String SUBPROTOCOL = "parley.v1.json";

  /// After Quarkus' filters, which come at the negatives of their priorities, and before endpoints.
  private static final int ORDER = -1;

  private static final int KEY_LENGTH = 24; // 16 bytes in Base64

  private final Connections connections;
  private final UpgradeRate rate;
  private final Origins origins;
  private final MeterRegistry meters;

  Handshakes(Connections connections, TransportConfig config, MeterRegistry meters) {
    this.connections = connections;
    this.rate = new UpgradeRate(config.upgradesPerSecond(), System.nanoTime());
    this.origins = new Origins(config.origins());
    this.meters = meters;
  }

  void register(@Observes Router router) {
    router.route("/ws").order(ORDER).handler(this::handle);
  }

  private void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    Verdict verdict = judge(request);
    if (verdict == Verdict.ACCEPTED) {
      // We look at tokens ourselves. With the identity here Quarkus would keep the whole request
      // for as long as the connection lives, some 4 KB.
      context.remove(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
      context.next();
      return;
    }
    count(verdict);
    if (verdict.closes()) {
      // It counts against the limit that we protect; Vert.x keeps it whatever the header says.
      request.response().endHandler(sent -> request.connection().close());
    }
    verdict.answer(request.response());
  }

  /// Counts what became of a handshake.
  void count(Verdict verdict) {
    meters.counter("parley.gateway.upgrades", "result", verdict.label()).increment();
  }

  private Verdict judge(HttpServerRequest request) {
    if (!request.headers().contains("Sec-WebSocket-Key")) {
      return Verdict.PLAIN;
    }
    if (!rate.tryPass(System.nanoTime())) {
      return Verdict.TOO_FAST;
    }
    if (connections.draining()) {
      return Verdict.DRAINING;
    }
    if (connections.full()) {
      return Verdict.FULL;
    }
    if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
      return Verdict.VERSION;
    }
    if (!HttpMethod.GET.equals(request.method())
        || !lists(request, "Connection", "upgrade")
        || !lists(request, "Upgrade", "websocket")
        || String.valueOf(request.getHeader("Sec-WebSocket-Key")).length() != KEY_LENGTH
        || announcesBody(request)) {
      return Verdict.MALFORMED;
    }
    if (request.headers().contains("Sec-WebSocket-Protocol") && !offers(request, SUBPROTOCOL)) {
      return Verdict.SUBPROTOCOL_UNKNOWN;
    }
    if (!origins.allow(request.getHeader("Origin"), authority(request))) {
      return Verdict.ORIGIN;
    }
    return Verdict.ACCEPTED;
  }

  /// Vert.x would wait for its end, and the connection hold its place meanwhile.
  private static boolean announcesBody(HttpServerRequest request) {
    return request.headers().contains("Transfer-Encoding")
        || !"0".equals(Objects.requireNonNullElse(request.getHeader("Content-Length"), "0"));
  }

  private static boolean lists(HttpServerRequest request, String header, String token) {
    return values(request, header).anyMatch(token::equalsIgnoreCase);
  }

  /// Names of subprotocols are case-sensitive (RFC 6455 section 4.1).
  private static boolean offers(HttpServerRequest request, String subprotocol) {
    return values(request, "Sec-WebSocket-Protocol").anyMatch(subprotocol::equals);
  }

  private static Stream<String> values(HttpServerRequest request, String header) {
    return request.headers().getAll(header).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::trim);
  }

  private static @Nullable String authority(HttpServerRequest request) {
    return request.authority() == null ? null : request.authority().toString();
  }
}
