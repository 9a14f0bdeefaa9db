package dev.parley.loadbalancer;

import dev.parley.contracts.ErrorCode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// What the entry itself answers when no server does: RFC 9457 documents of the form that services
/// use.
enum Refusal {
  NOWHERE(404, ErrorCode.NOT_FOUND, "Not Found", "There is nothing at this address."),
  BAD_HANDSHAKE(400, ErrorCode.BAD_REQUEST, "Bad Request", "This address takes WebSockets only."),
  TOO_LARGE(
      413,
      ErrorCode.TOO_LARGE,
      "Content Too Large",
      "The body is too large; it may have " + Entry.MAX_BODY_BYTES + " bytes."),
  UNREACHABLE(
      503, ErrorCode.UNAVAILABLE, "Service Unavailable", "The service cannot be reached now."),
  FULL(503, ErrorCode.UNAVAILABLE, "Service Unavailable", "All places are taken now."),
  BROKE_OFF(502, ErrorCode.INTERNAL, "Bad Gateway", "The service broke off before it answered.");

  private static final int RETRY_AFTER_SECONDS = 1;

  private final int status;
  private final String document;

  Refusal(int status, ErrorCode code, String title, String detail) {
    this.status = status;
    String retry = code == ErrorCode.UNAVAILABLE ? ",\"retryAfter\":" + 1000 : "";
    this.document =
        ("{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"code\":\"%s\","
                + "\"detail\":\"%s\"%s}")
            .formatted(title, status, code.wire(), detail, retry);
  }

  int status() {
    return status;
  }

  Buffer document() {
    return Buffer.buffer(document);
  }

  /// Puts this refusal's headers into `headers`.
  void describe(MultiMap headers) {
    headers.set(HttpHeaders.CONTENT_TYPE, "application/problem+json");
    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    if (this == UNREACHABLE || this == FULL) {
      headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS));
    }
  }

  /// Answers `request`; what remains of its body is read and dropped.
  void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.headWritten()) {
      request.connection().close();
      return;
    }
    describe(response.headers());
    response.setStatusCode(status).end(document());
    request.resume();
  }
}
