package dev.parley.loadbalancer;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/// What services believe about a client, said by the entry alone: whatever the client itself sent
/// under these names is dropped, and so is the name of the credential between services.
final class ForwardedHeaders {
  private static final String FOR = "X-Forwarded-For";
  private static final String PROTO = "X-Forwarded-Proto";
  private static final String HOST = "X-Forwarded-Host";
  private static final List<String> NEVER_FROM_CLIENTS =
      List.of(
          "Forwarded",
          FOR,
          PROTO,
          HOST,
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Real-IP",
          "Parley-Service");

  private ForwardedHeaders() {}

  /// Replaces in `headers` what `request`'s client may not say.
  static void replace(MultiMap headers, HttpServerRequest request) {
    NEVER_FROM_CLIENTS.forEach(headers::remove);
    headers.set(FOR, request.remoteAddress().hostAddress());
    headers.set(PROTO, "http");
    if (request.authority() != null) {
      headers.set(HOST, request.authority().toString());
    }
  }
}
