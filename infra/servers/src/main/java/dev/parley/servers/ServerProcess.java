package dev.parley.servers;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A [Server] that runs. Thread-safe.
public final class ServerProcess implements AutoCloseable {
  private static final long LOOK_MILLIS = 200;
  private static final long LINGERING_LOOK_SECONDS = 2;

  private final Server server;
  private final Process process;

  private ServerProcess(Server server, Process process) {
    this.server = server;
    this.process = process;
  }

  /// Starts a prepared server; returns as soon as the process exists.
  ///
  /// @param directory its working directory
  /// @param log gets both outputs, appended
  /// @throws IOException if the executable cannot be started
  public static ServerProcess start(Server server, Path directory, Path log) throws IOException {
    List<String> command = new ArrayList<>(OwnSession.prefix());
    command.addAll(server.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true);
    builder.environment().putAll(server.environment());
    return new ServerProcess(server, builder.start());
  }

  /// The server that this process runs.
  public Server server() {
    return server;
  }

  /// The operating system's process.
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /// Whether it runs.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// Its exit code, 128 + n if signal n ended it.
  ///
  /// @throws IllegalThreadStateException if it still runs
  public int exitCode() {
    return process.exitValue();
  }

  /// Waits until the server is ready.
  ///
  /// @throws IOException if it ended or the time is over; the message says which
  public void awaitReady(Duration atMost) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!server.ready()) {
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException(server.name() + " ended with exit code " + process.exitValue());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(
            "%s was not ready within %d s%s"
                .formatted(
                    server.name(),
                    atMost.toSeconds(),
                    server.waitsFor().map(what -> "; it waits for " + what).orElse("")));
      }
    }
  }

  /// Waits until it has ended. One that somebody has asked to end, and that would wait for its
  /// clients, is ended without them, within 10 s.
  public void awaitEnd() throws InterruptedException {
    while (!process.waitFor(LINGERING_LOOK_SECONDS, TimeUnit.SECONDS)) {
      if (server.lingers()) {
        stop(Duration.ofSeconds(10));
      }
    }
  }

  /// Asks it to end in order, and kills it when the time is over. Returns when it has ended.
  public void stop(Duration atMost) throws InterruptedException {
    askToEnd();
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  /// Sends the server's signal and returns at once.
  public void askToEnd() {
    if (server.stopSignal().equals("TERM")) {
      process.destroy();
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + server.stopSignal(), Long.toString(process.pid()))
          .redirectErrorStream(true)
          .redirectOutput(Redirect.DISCARD)
          .start();
    } catch (IOException noKillCommand) {
      process.destroy();
    }
  }

  /// SIGKILL. Returns when it has ended.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// Stops it, within 10 s in order. If the thread is interrupted meanwhile, the server is killed.
  @Override
  public void close() {
    try {
      stop(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
