package dev.parley.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Runs a command that ends by itself. Thread-safe.
public final class Command {
  private static final long SECONDS = 60;
  private static final long END_SECONDS = 2;
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
  private static volatile boolean over;

  private Command() {}

  /// For a program that is about to end: ends what still runs, and whatever is started from now on.
  public static void endAll() throws InterruptedException {
    over = true;
    for (Process process : RUNNING) {
      end(process);
    }
  }

  /// Waits for its end.
  ///
  /// @throws IOException if its exit code is not 0 or it takes more than a minute; the message ends
  ///   with its output
  static void run(String purpose, List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    RUNNING.add(process);
    try {
      if (over) {
        end(process);
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(purpose + " failed: " + output);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(purpose + " was interrupted", e);
    } finally {
      RUNNING.remove(process);
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
