package dev.parley.chaos.stack;

import dev.parley.stack.supervisor.Reporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Writes what the supervisor does into a file, and has the ends of processes judged. Thread-safe.
final class RunLog implements Reporter {
  private final Path file;
  private final Crashes crashes;

  RunLog(Path file, Crashes crashes) {
    this.file = file;
    this.crashes = crashes;
  }

  @Override
  public void starting(String name) {
    write("starting " + name);
  }

  @Override
  public void ready(String name, Duration after) {
    write("%s is ready after %.1f s".formatted(name, after.toMillis() / 1_000.0));
  }

  @Override
  public void crashed(String name, int exitCode, List<String> logTail, Duration restartIn) {
    crashes.crashed(name, exitCode);
    write(
        "%s ended with %d and starts again in %d s; the end of its log:%n    %s"
            .formatted(name, exitCode, restartIn.toSeconds(), String.join("\n    ", logTail)));
  }

  @Override
  public void failed(String name, String why) {
    write(name + " failed: " + why);
  }

  @Override
  public void stopping(String name) {
    write("stopping " + name);
  }

  private synchronized void write(String line) {
    try {
      Files.writeString(
          file,
          Instant.now() + " " + line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
