package dev.parley.gateway.transport.websocket;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives the handshakes that [Handshakes] let pass their place among the connections. On the
/// connection's loop.
@Singleton
final class UpgradeGate implements HttpUpgradeCheck {
  static final TypedKey<Admission> ADMISSION = new TypedKey<>("admission");
  private static final String BEARER = "Bearer ";

  private final Connections connections;
  private final Handshakes handshakes;

  UpgradeGate(Connections connections, Handshakes handshakes) {
    this.connections = connections;
    this.handshakes = handshakes;
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    HttpServerRequest request = context.httpRequest();
    ConnectionBase connection = (ConnectionBase) request.connection();
    ClientConnection admitted = connections.admit(connection.channel());
    if (admitted == null) {
      // The last place went since it was looked for, or an earlier handshake failed here.
      handshakes.count(Verdict.FULL);
      request.response().endHandler(sent -> connection.close());
      return CheckResult.rejectUpgrade(
          503, Map.of("Retry-After", List.of("1"), "Connection", List.of("close")));
    }
    handshakes.count(Verdict.ACCEPTED);
    context
        .userData()
        .put(
            ADMISSION,
            new Admission(
                admitted,
                bearer(request.getHeader("Authorization")),
                request.remoteAddress().hostAddress()));
    return CheckResult.permitUpgrade();
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).trim()
        : null;
  }
}
