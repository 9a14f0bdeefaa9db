package dev.parley.gateway.transport.websocket;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.ProblemDocument;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What becomes of a request for a WebSocket, and what its sender is told.
enum Verdict {
  ACCEPTED("accepted", 101, ErrorCode.INTERNAL, ""),
  TOO_FAST(
      "rate", 503, ErrorCode.UNAVAILABLE, "Too many connect at the moment. Try again in a second."),
  DRAINING(
      "draining",
      503,
      ErrorCode.UNAVAILABLE,
      "This gateway stops. Try again, another one answers."),
  FULL("full", 503, ErrorCode.UNAVAILABLE, "This gateway has all the connections that it takes."),
  PLAIN("plain", 426, ErrorCode.BAD_REQUEST, "Connect with a WebSocket handshake (RFC 6455)."),
  VERSION("version", 426, ErrorCode.BAD_REQUEST, "Sec-WebSocket-Version has to be 13 (RFC 6455)."),
  MALFORMED(
      "malformed",
      400,
      ErrorCode.BAD_REQUEST,
      "A handshake is a GET without a body, with Connection: Upgrade, Upgrade: websocket and 16"
          + " bytes in Base64 as Sec-WebSocket-Key (RFC 6455, section 4.1)."),
  SUBPROTOCOL_UNKNOWN(
      "subprotocol",
      400,
      ErrorCode.BAD_REQUEST,
      "Offer the subprotocol " + Handshakes.SUBPROTOCOL + ", or none."),
  ORIGIN(
      "origin",
      403,
      ErrorCode.FORBIDDEN,
      "Pages of this origin may not connect. Who runs this server lists those that may.");

  private static final int RETRY_SECONDS = 1;

  private final String label;
  private final int status;

  /// Made once: refusing must be cheap in a storm.
  private final String problem;

  Verdict(String label, int status, ErrorCode code, String detail) {
    this.label = label;
    this.status = status;
    this.problem = new ProblemDocument(status, code, detail, retry(status)).json();
  }

  /// As metrics name it.
  String label() {
    return label;
  }

  /// Whether the connection goes with the answer.
  boolean closes() {
    // Nobody reads the body that a malformed one may have announced.
    return status == 503 || this == MALFORMED;
  }

  /// Tells it to who asked.
  void answer(HttpServerResponse response) {
    response
        .setStatusCode(status)
        .putHeader("Content-Type", ProblemDocument.MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store");
    if (status == 426) {
      response
          .putHeader("Upgrade", "websocket")
          .putHeader("Connection", "Upgrade")
          .putHeader("Sec-WebSocket-Version", "13");
    }
    // Another gateway may take it at once, this one after a second.
    if (status == 503) {
      response.putHeader("Retry-After", Integer.toString(RETRY_SECONDS));
    }
    if (closes()) {
      response.putHeader("Connection", "close");
    }
    response.end(problem);
  }

  private static @Nullable Duration retry(int status) {
    return status == 503 ? Duration.ofSeconds(RETRY_SECONDS) : null;
  }
}
