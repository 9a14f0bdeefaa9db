package dev.parley.gateway.transport.websocket;

import dev.parley.gateway.transport.TransportConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides which handshakes become connections; the cheapest refusals come first, so that a storm
/// of reconnects costs the sessions that are here nothing. On the connection's loop.
@Singleton
final class UpgradeGate implements HttpUpgradeCheck {
  static final String SUBPROTOCOL = "parley.v1.json";
  static final TypedKey<Admission> ADMISSION = new TypedKey<>("admission");
  private static final int KEY_LENGTH = 24; // 16 bytes in Base64
  private static final String BEARER = "Bearer ";

  private final Connections connections;
  private final UpgradeRate rate;
  private final Origins origins;
  private final MeterRegistry meters;

  UpgradeGate(Connections connections, TransportConfig config, MeterRegistry meters) {
    this.connections = connections;
    this.rate = new UpgradeRate(config.upgradesPerSecond(), System.nanoTime());
    this.origins = new Origins(config.origins());
    this.meters = meters;
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    HttpServerRequest request = context.httpRequest();
    Verdict verdict = judge(request);
    if (verdict == Verdict.ACCEPTED) {
      ConnectionBase connection = (ConnectionBase) request.connection();
      ClientConnection admitted = connections.admit(connection.channel());
      if (admitted == null) {
        verdict = Verdict.FULL;
      } else {
        context
            .userData()
            .put(
                ADMISSION,
                new Admission(
                    admitted,
                    bearer(request.getHeader("Authorization")),
                    request.remoteAddress().hostAddress()));
      }
    }
    if (verdict.status == 503) {
      // It counts against the limit that we protect; Vert.x keeps it whatever the header says.
      request.response().endHandler(sent -> request.connection().close());
    }
    meters.counter("parley.gateway.upgrades", "result", verdict.label).increment();
    return Uni.createFrom().item(verdict.result());
  }

  private Verdict judge(HttpServerRequest request) {
    if (!rate.tryPass(System.nanoTime())) {
      return Verdict.TOO_FAST;
    }
    if (connections.draining()) {
      return Verdict.DRAINING;
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

  private static @Nullable String bearer(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).trim()
        : null;
  }

  private static @Nullable String authority(HttpServerRequest request) {
    return request.authority() == null ? null : request.authority().toString();
  }

  /// What becomes of a handshake.
  private enum Verdict {
    ACCEPTED("accepted", 101),
    TOO_FAST("rate", 503),
    DRAINING("draining", 503),
    FULL("full", 503),
    VERSION("version", 426),
    MALFORMED("malformed", 400),
    SUBPROTOCOL_UNKNOWN("subprotocol", 400),
    ORIGIN("origin", 403);

    private final String label;
    private final int status;

    Verdict(String label, int status) {
      this.label = label;
      this.status = status;
    }

    private CheckResult result() {
      return switch (status) {
        case 101 -> CheckResult.permitUpgradeSync();
        case 426 ->
            CheckResult.rejectUpgradeSync(426, Map.of("Sec-WebSocket-Version", List.of("13")));
        // Another gateway may take it at once, this one after a second.
        case 503 ->
            CheckResult.rejectUpgradeSync(
                503, Map.of("Retry-After", List.of("1"), "Connection", List.of("close")));
        default -> CheckResult.rejectUpgradeSync(status);
      };
    }
  }
}
