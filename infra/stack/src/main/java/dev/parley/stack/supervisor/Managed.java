package dev.parley.stack.supervisor;

import dev.parley.servers.ProcessIdentity;
import dev.parley.servers.ServerProcess;
import dev.parley.stack.data.DataDirectory;
import dev.parley.stack.data.StackState;
import dev.parley.stack.plan.PlannedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One process of the stack that is kept running for as long as it is wanted. Thread-safe.
final class Managed {
  private static final Duration LONGEST_START = Duration.ofMinutes(4);
  private static final int TAIL = 12;

  /// A process that dies so often before it was ever ready has a lasting reason.
  private static final int HOPELESS = 3;

  private final PlannedServer planned;
  private final DataDirectory directory;
  private final Reporter reporter;
  private final Runnable changed;
  private final Backoff backoff = new Backoff();
  private ProcessState state = ProcessState.STOPPED;
  private @Nullable ServerProcess process;
  private @Nullable ProcessIdentity identity;
  private CompletableFuture<Void> ready = new CompletableFuture<>();
  private int failures;
  private boolean retired;

  /// Starts nothing yet.
  ///
  /// @param changed is run whenever the process has become another one
  Managed(PlannedServer planned, DataDirectory directory, Reporter reporter, Runnable changed) {
    this.planned = planned;
    this.directory = directory;
    this.reporter = reporter;
    this.changed = changed;
  }

  PlannedServer planned() {
    return planned;
  }

  String name() {
    return planned.name();
  }

  /// Starts it, unless it runs or is about to.
  ///
  /// @return completes when it is ready; fails when it was stopped, or died three times without
  ///   having been ready
  /// @throws IOException if it cannot be prepared or started, or was retired
  CompletableFuture<Void> start() throws IOException {
    CompletableFuture<Void> result;
    synchronized (this) {
      if (retired) {
        throw new IOException(name() + " is stopped for good");
      }
      if (state != ProcessState.STOPPED) {
        return ready;
      }
      result = new CompletableFuture<>();
      ready = result;
      failures = 0;
      state = ProcessState.STARTING;
    }
    reporter.starting(name());
    try {
      launch();
      return result;
    } catch (IOException e) {
      synchronized (this) {
        state = ProcessState.STOPPED;
      }
      throw e;
    }
  }

  /// Stops it for good: from now on it cannot be started, whoever was about to.
  void retire(Duration atMost) throws InterruptedException {
    synchronized (this) {
      retired = true;
    }
    stop(atMost);
  }

  /// Stops it in order, and kills it when the time is over. Returns when it has ended.
  void stop(Duration atMost) throws InterruptedException {
    ServerProcess running;
    synchronized (this) {
      if (state == ProcessState.STOPPED) {
        return;
      }
      running = process;
      state = ProcessState.STOPPING;
      notifyAll();
      ready.completeExceptionally(new IOException(name() + " was stopped"));
    }
    if (running != null && running.isAlive()) {
      reporter.stopping(name());
      running.stop(atMost);
    }
    synchronized (this) {
      state = ProcessState.STOPPED;
      process = null;
      identity = null;
    }
    changed.run();
  }

  synchronized ProcessReport report() {
    boolean runs = process != null && process.isAlive();
    return new ProcessReport(
        name(),
        runs && process != null ? process.handle().pid() : 0,
        planned.port(),
        state.text(),
        runs && process != null ? Figures.residentBytes(process.handle()) : 0);
  }

  /// The running process, for the state file.
  synchronized Optional<StackState.Entry> entry() {
    return Optional.ofNullable(identity)
        .map(running ->
            new StackState.Entry(name(), running, planned.port(), planned.server().stopSignal()));
  }

  synchronized Optional<ProcessHandle> handle() {
    return Optional.ofNullable(process).map(ServerProcess::handle);
  }

  private void launch() throws IOException {
    planned.server().prepare();
    synchronized (this) {
      if (state != ProcessState.STARTING) {
        return;
      }
      ServerProcess started =
          ServerProcess.start(planned.server(), directory.root(), directory.log(name()));
      process = started;
      identity = ProcessIdentity.of(started.handle());
      Thread.ofVirtual().name("watch " + name()).start(() -> watch(started));
    }
    changed.run();
  }

  /// On a virtual thread of its own, for the whole life of the process.
  private void watch(ServerProcess running) {
    long from = System.nanoTime();
    try {
      awaitReady(running, from);
      running.awaitEnd();
      ended(running, Duration.ofNanos(System.nanoTime() - from));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReady(ServerProcess running, long from) throws InterruptedException {
    try {
      running.awaitReady(LONGEST_START);
      if (becameReady(running)) {
        reporter.ready(name(), Duration.ofNanos(System.nanoTime() - from));
      }
    } catch (IOException notReady) {
      if (running.isAlive()) {
        reporter.failed(name(), String.valueOf(notReady.getMessage()));
      }
      running.handle().destroyForcibly();
    }
  }

  private synchronized boolean becameReady(ServerProcess running) {
    if (process != running || state != ProcessState.STARTING) {
      return false;
    }
    state = ProcessState.READY;
    failures = 0;
    ready.complete(null);
    return true;
  }

  private void ended(ServerProcess ended, Duration life) throws InterruptedException {
    Duration wait;
    synchronized (this) {
      if (process != ended || (state != ProcessState.STARTING && state != ProcessState.READY)) {
        return;
      }
      state = ProcessState.CRASHED;
      identity = null;
      wait = backoff.after(life);
      failures++;
      if (failures >= HOPELESS) {
        ready.completeExceptionally(new IOException(name() + " does not start"));
      }
    }
    changed.run();
    reporter.crashed(name(), ended.exitCode(), LogTail.read(directory.log(name()), TAIL), wait);
    awaitTurn(wait);
    startAgain();
  }

  /// Until the time is over or somebody stops the process.
  private synchronized void awaitTurn(Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    long left = wait.toNanos();
    while (state == ProcessState.CRASHED && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
  }

  private void startAgain() {
    synchronized (this) {
      if (state != ProcessState.CRASHED) {
        return;
      }
      state = ProcessState.STARTING;
      if (ready.isDone() && !ready.isCompletedExceptionally()) {
        ready = new CompletableFuture<>();
      }
    }
    reporter.starting(name());
    try {
      launch();
    } catch (IOException e) {
      synchronized (this) {
        state = ProcessState.STOPPED;
        ready.completeExceptionally(e);
      }
      reporter.failed(name(), String.valueOf(e.getMessage()));
    }
  }
}
