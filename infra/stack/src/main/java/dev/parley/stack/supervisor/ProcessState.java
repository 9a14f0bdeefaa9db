package dev.parley.stack.supervisor;

import java.util.Locale;

/// Where in its life a process is.
public enum ProcessState {
  /// It runs and does not serve yet.
  STARTING,
  /// It served when it was last asked.
  READY,
  /// It died and will be started again.
  CRASHED,
  /// It was told to end.
  STOPPING,
  /// It was told to end and has.
  STOPPED;

  /// As `status` shows it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
