package dev.parley.gateway.transport.websocket;

import io.netty.channel.SingleThreadEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The connections of one event loop: one beat looks after all of them (no timer per session), and
/// what one turn of the loop writes to them is flushed once, at its end. On the loop, but for the
/// counters.
final class LoopConnections {
  private static final Duration STEP = Duration.ofMillis(50);

  private final SingleThreadEventLoop loop;
  private final Beats beats;
  private final List<ClientConnection> all = new ArrayList<>();
  private List<ClientConnection> unflushed = new ArrayList<>();
  private List<ClientConnection> spare = new ArrayList<>();
  private int now;
  private volatile long queuedBytes;

  @SuppressWarnings("FutureReturnValueIgnored") // It beats until the loop ends.
  LoopConnections(SingleThreadEventLoop loop, Beats beats) {
    this.loop = loop;
    this.beats = beats;
    long period = beats.length().toNanos();
    loop.scheduleAtFixedRate(this::beat, period, period, TimeUnit.NANOSECONDS);
  }

  SingleThreadEventLoop loop() {
    return loop;
  }

  /// Beats since start; wraps around.
  int now() {
    return now;
  }

  void add(ClientConnection connection) {
    connection.place = all.size();
    all.add(connection);
  }

  void remove(ClientConnection connection) {
    ClientConnection last = all.removeLast();
    if (last != connection) {
      all.set(connection.place, last);
      last.place = connection.place;
    }
  }

  /// Flushes `connection` when this turn of the loop ends.
  void flushLater(ClientConnection connection) {
    if (unflushed.isEmpty()) {
      loop.executeAfterEventLoopIteration(this::flush);
    }
    unflushed.add(connection);
  }

  /// Lets all go with [CloseCode#RESTART], spread evenly over `spread`; any thread.
  void closeAll(Duration spread, String reason) {
    loop.execute(() -> {
      List<ClientConnection> remaining = new ArrayList<>(all);
      closeSome(remaining, remaining.size(), 1, Math.max(1, spread.dividedBy(STEP)), reason);
    });
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Runs until none remain.
  private void closeSome(
      List<ClientConnection> remaining, int of, long step, long steps, String reason) {
    long gone = Math.ceilDiv(of * step, steps);
    while (remaining.size() > of - gone) {
      remaining.removeLast().letGo(reason);
    }
    if (!remaining.isEmpty()) {
      loop.schedule(
          () -> closeSome(remaining, of, step + 1, steps, reason),
          STEP.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  /// What waited to be written at the last beat, in bytes; any thread.
  long queuedBytes() {
    return queuedBytes;
  }

  private void flush() {
    List<ClientConnection> ready = unflushed;
    unflushed = spare; // Flushing may make room for more.
    for (ClientConnection connection : ready) {
      try {
        connection.flush();
      } catch (RuntimeException | OutOfMemoryError e) {
        connection.failed(e); // Or the others would never be flushed again.
      }
    }
    ready.clear();
    spare = ready;
  }

  private void beat() {
    now++;
    long queued = 0;
    for (int i = all.size() - 1; i >= 0; i--) {
      ClientConnection connection = all.get(i);
      try {
        queued += connection.queuedBytes();
        connection.beat(beats);
      } catch (RuntimeException | OutOfMemoryError e) {
        connection.failed(e); // The beat must go on for the others.
      }
    }
    queuedBytes = queued;
  }
}
