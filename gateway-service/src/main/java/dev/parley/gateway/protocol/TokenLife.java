package dev.parley.gateway.protocol;

import java.time.Instant;

/// How long a session may go on with its token. Confined to the loop.
final class TokenLife {
  /// What is due.
  enum Due {
    NOTHING,
    /// The client is to be told that the end is near; once a token.
    WARNING,
    END
  }

  private static final long WARNED_AHEAD = 60_000;

  private long expires;
  private boolean warned;

  /// A token that ends at `end`.
  void begin(Instant end) {
    expires = end.toEpochMilli();
    warned = false;
  }

  /// Epoch milliseconds.
  long expires() {
    return expires;
  }

  Due due(long nowMillis) {
    if (nowMillis >= expires) {
      return Due.END;
    }
    if (!warned && nowMillis >= expires - WARNED_AHEAD) {
      warned = true;
      return Due.WARNING;
    }
    return Due.NOTHING;
  }
}
