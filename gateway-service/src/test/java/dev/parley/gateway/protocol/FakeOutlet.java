package dev.parley.gateway.protocol;

import dev.parley.contracts.CloseCode;
import dev.parley.gateway.transport.Frame;
import dev.parley.gateway.transport.Outlet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/// A connection whose loop runs when the test says so.
final class FakeOutlet implements Outlet, Executor {
  final List<String> sent = new ArrayList<>();
  CloseCode closed;
  String reason;
  boolean paused;
  boolean full;
  private final Deque<Runnable> whenDrained = new ArrayDeque<>();
  private final Deque<Runnable> turns = new ArrayDeque<>();

  /// Runs what is due on the loop until nothing is.
  synchronized void settle() {
    Runnable turn;
    while ((turn = turns.poll()) != null) {
      turn.run();
    }
  }

  @Override
  public synchronized void execute(Runnable turn) {
    turns.add(turn);
  }

  @Override
  public Executor loop() {
    return this;
  }

  @Override
  public void write(Frame frame) {
    if (closed == null) {
      sent.add(frame.json().toString());
    }
  }

  @Override
  public long queuedBytes() {
    return 0;
  }

  @Override
  public void whenDrained(Runnable action) {
    if (full) {
      whenDrained.add(action);
    } else {
      action.run();
    }
  }

  /// The client takes what was sent before; whatever is written fills it again.
  void drain() {
    Runnable action = whenDrained.poll();
    if (action != null) {
      action.run();
    }
    settle();
  }

  @Override
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    paused = false;
  }

  @Override
  public void close(CloseCode code, String why) {
    if (closed == null) {
      closed = code;
      reason = why;
    }
  }
}
