package dev.parley.chaos.run;

import dev.parley.chaos.client.Ledger;
import dev.parley.chaos.fault.InjectedFault;
import dev.parley.chaos.fault.Injector;
import dev.parley.chaos.report.Recovery;
import dev.parley.chaos.report.Witnessed;
import dev.parley.chaos.schedule.PlannedFault;
import dev.parley.chaos.schedule.Round;
import dev.parley.chaos.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Does one round of the schedule after the other, and measures how long everything takes to
/// recover.
final class Siege {
  private static final Duration CALM = Duration.ofSeconds(2);

  private final Injector injector;
  private final Monitor monitor;
  private final Ledger ledger;
  private final LongSupplier clock;
  private final ExecutorService threads;
  private final Mishaps mishaps;
  private final Say say;
  private final List<Recovery> recoveries = new ArrayList<>();

  Siege(
      Injector injector,
      Monitor monitor,
      Ledger ledger,
      LongSupplier clock,
      ExecutorService threads,
      Mishaps mishaps,
      Say say) {
    this.injector = injector;
    this.monitor = monitor;
    this.ledger = ledger;
    this.clock = clock;
    this.threads = threads;
    this.mishaps = mishaps;
    this.say = say;
  }

  /// What was measured of each fault, in the order of their ends.
  List<Recovery> recoveries() {
    return recoveries;
  }

  /// Faults that could not be done.
  List<String> failed() {
    return mishaps.failed();
  }

  /// What did not recover, or too late.
  List<String> stuck() {
    return mishaps.stuck();
  }

  /// Until the number or the time is reached.
  void lay(Schedule schedule, Options options) throws InterruptedException {
    long began = System.nanoTime();
    int done = 0;
    Duration atMost = options.atMost();
    while ((options.faults() == 0 || done < options.faults())
        && (atMost == null || System.nanoTime() - began < atMost.toNanos())) {
      Round round = schedule.next();
      int left = options.faults() == 0 ? Integer.MAX_VALUE : options.faults() - done;
      List<PlannedFault> faults = round.faults().subList(0, Math.min(left, round.faults().size()));
      one(faults);
      done += faults.size();
      TimeUnit.MILLISECONDS.sleep(round.pause().toMillis());
    }
  }

  private void one(List<PlannedFault> faults) throws InterruptedException {
    List<Callable<InjectedFault>> tasks = new ArrayList<>();
    for (PlannedFault fault : faults) {
      tasks.add(() -> {
        TimeUnit.MILLISECONDS.sleep(fault.after().toMillis());
        say.line("%8.1f  %s".formatted(clock.getAsLong() / 1e6, fault.describe()));
        return injector.inject(fault);
      });
    }
    List<InjectedFault> injected = new ArrayList<>();
    List<Future<InjectedFault>> results = threads.invokeAll(tasks);
    for (int n = 0; n < faults.size(); n++) {
      try {
        injected.add(results.get(n).get());
        mishaps.done(faults.get(n), injected.getLast());
      } catch (ExecutionException e) {
        mishaps.notDone(faults.get(n), e.getCause());
      }
    }
    boolean calm = monitor.awaitCalm(CALM, Mishaps.LONGEST_RECOVERY);
    long until = clock.getAsLong();
    if (!calm) {
      mishaps.notCalm(injected, monitor.lastReason());
    }
    Witnessed witnessed = ledger.witnessed(monitor.behind());
    for (InjectedFault fault : injected) {
      Recovery recovery = Recovery.of(fault, injected, witnessed, until);
      recoveries.add(recovery);
      say.line(
          String.format(
              Locale.ROOT,
              "          %s %s: over after %.1f s, first acknowledged %.1f s, all caught up %.1f s"
                  + " later",
              fault.kind().text(),
              fault.target(),
              (fault.to() - fault.from()) / 1e6,
              recovery.firstAcknowledged() / 1e6,
              recovery.caughtUp() / 1e6));
    }
  }
}
