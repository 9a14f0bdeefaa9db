package dev.parley.stack.cli;

import dev.parley.stack.supervisor.Figures;
import dev.parley.stack.supervisor.Reporter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Says on the terminal what a stack does. Thread-safe.
final class Console implements Reporter {
  private static final Duration IDLE_LOOK = Duration.ofSeconds(2);

  private final PrintWriter out;
  private final int port;
  private final long began = System.nanoTime();

  Console(PrintWriter out, int port) {
    this.out = out;
    this.port = port;
  }

  @Override
  public void starting(String name) {
    say("  starting %s".formatted(name));
  }

  @Override
  public void ready(String name, Duration after) {
    say("  %-20s ready after %s".formatted(name, seconds(after)));
  }

  @Override
  public synchronized void crashed(
      String name, int exitCode, List<String> logTail, Duration restartIn) {
    String how = exitCode > 128 ? "signal " + (exitCode - 128) : "exit code " + exitCode;
    say("%s ended with %s. The end of its log:".formatted(name, how));
    logTail.forEach(line -> say("    | " + line));
    say("%s starts again in %s.".formatted(name, seconds(restartIn)));
  }

  @Override
  public void failed(String name, String why) {
    say("%s failed: %s".formatted(name, why));
  }

  @Override
  public synchronized void stopping(String name) {
    say("  stopping %s".formatted(name));
  }

  /// Prints what to open and how to try it, then what the idle stack uses.
  void everythingReady(List<ProcessHandle> processes) throws InterruptedException {
    say("");
    say(
        "Parley is ready after %s: http://localhost:%d"
            .formatted(seconds(Duration.ofNanos(System.nanoTime() - began)), port));
    say(Example.text(port));
    Duration before = processorTime(processes);
    new CountDownLatch(1).await(IDLE_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    double cores = (double) processorTime(processes).minus(before).toNanos() / IDLE_LOOK.toNanos();
    long bytes =
        Figures.residentBytesAlone(ProcessHandle.current())
            + processes.stream().mapToLong(Figures::residentBytes).sum();
    say(
        "%d processes, %.2f GiB resident, %.1f %% of one core while idle."
            .formatted(processes.size() + 1, bytes / (double) (1 << 30), 100 * cores));
  }

  /// The last words.
  void everythingStopped() {
    say("Stopped.");
  }

  private static Duration processorTime(List<ProcessHandle> processes) {
    return processes.stream().map(Figures::processorTime).reduce(Duration.ZERO, Duration::plus);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private synchronized void say(String line) {
    out.println(line);
    out.flush();
  }
}
