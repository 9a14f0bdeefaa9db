package dev.parley.chaos.stack;

import dev.parley.chaos.schedule.Topology;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Processes that ended without anybody having asked them to, and whether a fault explains it. The
/// supervisor starts them again, so nothing else would tell. Thread-safe.
final class Crashes {
  private static final int KILLED = 137;

  /// From a cause to the supervisor's word that the process has ended.
  private static final Duration NOTICED = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Map<String, Instant> kills = new HashMap<>();
  private final List<String> unexplained = new ArrayList<>();
  private boolean full;
  private @Nullable Instant freed;

  Crashes(InstantSource clock) {
    this.clock = clock;
  }

  /// The harness is about to kill a process.
  synchronized void killing(String process) {
    kills.put(process, clock.instant());
  }

  /// PostgreSQL's disk is about to be full.
  synchronized void filling() {
    full = true;
  }

  /// PostgreSQL's disk has room again.
  synchronized void freed() {
    full = false;
    freed = clock.instant();
  }

  /// A process has ended.
  synchronized void crashed(String process, int exitCode) {
    boolean postgres = Topology.kind(process).equals(Topology.POSTGRES);
    // The children of a killed PostgreSQL may outlive it and make the next one refuse to start.
    boolean killed = lately(kills.get(process)) && (exitCode == KILLED || postgres);
    // It ends rather than lose what it cannot write. The other processes have other disks.
    boolean noRoom = postgres && (full || lately(freed));
    if (!killed && !noRoom) {
      unexplained.add(
          "%s ended by itself with %d at %s".formatted(process, exitCode, clock.instant()));
    }
    if (exitCode == KILLED && !postgres) {
      // One kill explains one end.
      kills.remove(process);
    }
  }

  /// What no fault explains, one sentence each.
  synchronized List<String> unexplained() {
    return List.copyOf(unexplained);
  }

  private boolean lately(@Nullable Instant cause) {
    return cause != null && clock.instant().isBefore(cause.plus(NOTICED));
  }
}
