package dev.parley.gateway.protocol;

import dev.parley.gateway.transport.Inlet;

/// A session that is let go because the gateway stops: nothing more of its client is handled, and
/// it is closed when every reply that it is owed was sent. What takes longer than [Inlet#OWED] the
/// client repeats after the restart.
///
/// @param close closes the connection
/// @param byNanos when it does not wait any longer
record Leave(Runnable close, long byNanos) {
  static Leave from(long nowNanos, Runnable close) {
    return new Leave(close, nowNanos + Inlet.OWED.toNanos());
  }

  boolean due(boolean settled, long nowNanos) {
    return settled || nowNanos - byNanos >= 0;
  }
}
