package dev.parley.gateway.transport.websocket;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Hears what the log says while a test runs: errors, stack traces, buffers that leaked.
final class Complaints extends Handler implements AutoCloseable {
  private static final Logger ROOT = Logger.getLogger("");

  // It complains of a machine that stood still as of a thread that was blocked.
  private static final String CLOCK = "io.vertx.core.impl.BlockedThreadChecker";

  private final List<String> heard = new CopyOnWriteArrayList<>();

  Complaints() {
    ROOT.addHandler(this);
  }

  List<String> heard() {
    return heard;
  }

  @Override
  public void publish(LogRecord line) {
    if (CLOCK.equals(line.getLoggerName())) {
      return;
    }
    if (line.getLevel().intValue() >= Level.SEVERE.intValue() || line.getThrown() != null) {
      heard.add(line.getLoggerName() + ": " + line.getMessage() + " " + line.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    ROOT.removeHandler(this);
  }
}
