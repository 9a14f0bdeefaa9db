package dev.parley.gateway.transport;

import dev.parley.contracts.CloseCode;
import java.util.concurrent.Executor;

/// The writing side of one client's connection. A WebSocket is the first kind; others may follow.
public interface Outlet {
  /// The connection's event loop. Everything about one session happens there; it must not block.
  Executor loop();

  /// Queues `frame`; on the loop only. Frames leave in order. If more than the configured bound is
  /// then waiting to be written, the connection is closed with [CloseCode#TOO_SLOW].
  void write(Frame frame);

  /// Bytes that wait to be written; on the loop only.
  long queuedBytes();

  /// Runs `action` on the loop once less than the low-water mark waits to be written (at once, if
  /// that is so now). Catch-up paces itself with it and so never counts as slow reading.
  void whenDrained(Runnable action);

  /// Stops reading from the client until [#resumeReading()]; any thread.
  void pauseReading();

  /// Reads again; any thread.
  void resumeReading();

  /// Sends what is queued, then a close frame with `code` and `reason`; any thread; once.
  void close(CloseCode code, String reason);
}
