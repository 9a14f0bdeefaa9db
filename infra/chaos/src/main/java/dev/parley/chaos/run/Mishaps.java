package dev.parley.chaos.run;

import dev.parley.chaos.fault.InjectedFault;
import dev.parley.chaos.fault.NotBackException;
import dev.parley.chaos.schedule.PlannedFault;
import dev.parley.chaos.schedule.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What went wrong with the faults themselves: some could not be done, which says nothing of
/// Parley, and some were done and their processes came back late or never, which does. On one
/// thread.
final class Mishaps {
  static final Duration LONGEST_RECOVERY = Duration.ofMinutes(2);

  private final Topology topology;
  private final Say say;
  private final List<String> failed = new ArrayList<>();
  private final List<String> stuck = new ArrayList<>();

  Mishaps(Topology topology, Say say) {
    this.topology = topology;
    this.say = say;
  }

  /// Faults that could not be done, or not to their end.
  List<String> failed() {
    return failed;
  }

  /// What did not recover, or too late.
  List<String> stuck() {
    return stuck;
  }

  /// A fault ended with an exception.
  void notDone(PlannedFault fault, @Nullable Throwable cause) {
    failed.add(fault.describe() + ": " + cause);
    say.line("          not done: " + failed.getLast());
    if (cause instanceof NotBackException) {
      stuck.add("after %s: %s".formatted(fault.describe(), cause.getMessage()));
    }
  }

  /// A fault was done. Its end is that of the injection, when the processes are ready again; so
  /// what comes back late is late even if everybody has caught up the moment it does.
  void done(PlannedFault fault, InjectedFault injected) {
    int processes = processes(fault);
    long took = injected.to() - injected.from();
    Duration most = fault.lasts().plus(LONGEST_RECOVERY.multipliedBy(processes));
    if (processes > 0 && took > most.toNanos() / 1_000) {
      stuck.add(
          "%s was over after %.1f s, later than after %d s"
              .formatted(fault.describe(), took / 1e6, most.toSeconds()));
      say.line("          too late: " + stuck.getLast());
    }
  }

  /// Not everybody caught up.
  void notCalm(List<InjectedFault> after, String reason) {
    stuck.add("%d s after %s: %s".formatted(LONGEST_RECOVERY.toSeconds(), after, reason));
    say.line("          not recovered: " + stuck.getLast());
  }

  /// How many processes it ends or stops, one after the other.
  private int processes(PlannedFault fault) {
    return switch (fault.kind()) {
      case KILL, TERM, STOP -> 1;
      case ROLLING_GATEWAYS, ROLLING_MESSAGES, ROLLING_BROKERS ->
          topology.all(fault.target()).size();
      case CUT, RESET, DELAY, HALF_OPEN, DRIP, FLUSH_REDIS, DISK_FULL, REBALANCE -> 0;
    };
  }
}
