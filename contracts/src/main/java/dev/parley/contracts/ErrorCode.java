package dev.parley.contracts;

import java.util.Locale;

/// Every way in which a request is refused, on the socket (`error`) and over REST (RFC 9457
/// problem), with the one HTTP status that stands for it.
public enum ErrorCode {
  BAD_REQUEST(400),
  UNAUTHENTICATED(401),
  FORBIDDEN(403),
  NOT_FOUND(404),
  CONFLICT(409),
  TOO_LARGE(413),
  RATE_LIMITED(429),
  UNAVAILABLE(503),
  TIMEOUT(504),
  INTERNAL(500);

  private final int status;
  private final String wire = name().toLowerCase(Locale.ROOT);

  ErrorCode(int status) {
    this.status = status;
  }

  /// The HTTP status of this code.
  public int status() {
    return status;
  }

  /// The code as clients see it, for example `bad_request`.
  public String wire() {
    return wire;
  }
}
