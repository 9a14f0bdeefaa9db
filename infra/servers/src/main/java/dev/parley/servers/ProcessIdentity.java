package dev.parley.servers;

import java.time.Instant;
import java.util.Optional;

/// Names one process for good: its number and the moment it started, because numbers are given
/// again.
///
/// @param pid the number
/// @param startedMillis milliseconds since 1970, as the operating system tells it; 0 if it does not
public record ProcessIdentity(long pid, long startedMillis) {
  /// Start times are told in steps of 10 ms, counted from a boot time that moves when the clock is
  /// set.
  private static final long TOLERANCE_MILLIS = 2_000;

  public static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(process.pid(), started(process));
  }

  /// The process, if it still runs; empty if it ended, even if another one has its number now.
  public Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> Math.abs(started(process) - startedMillis) <= TOLERANCE_MILLIS);
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
