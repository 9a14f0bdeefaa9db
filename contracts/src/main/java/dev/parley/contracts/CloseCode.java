package dev.parley.contracts;

/// Every way in which a gateway ends a connection (RFC 6455 section 7.4; 44xx are Parley's own).
/// Clients reconnect and resume after every code but those that [#retry] denies.
public enum CloseCode {
  GOING_AWAY(1001, true),
  BINARY_REFUSED(1003, true),
  PROTOCOL_ERROR(1002, true),
  BAD_UTF8(1007, true),
  TOO_LARGE(1009, true),
  INTERNAL(1011, true),
  RESTART(1012, true),
  OVERLOADED(1013, true),
  BROKEN_PROTOCOL(4400, false),
  NOT_AUTHENTICATED(4401, false),
  REVOKED(4403, false),
  TOO_SLOW(4408, true),
  TOO_MANY(4429, true);

  private final int code;
  private final boolean retry;

  CloseCode(int code, boolean retry) {
    this.code = code;
    this.retry = retry;
  }

  /// The number in the close frame.
  public int code() {
    return code;
  }

  /// Whether a client may reconnect as it is. After 4401 it first gets a new token.
  public boolean retry() {
    return retry;
  }
}
