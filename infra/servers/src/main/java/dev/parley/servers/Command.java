package dev.parley.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a command that ends by itself.
final class Command {
  private static final long SECONDS = 60;

  private Command() {}

  /// Waits for its end.
  ///
  /// @throws IOException if its exit code is not 0 or it takes more than a minute; the message ends
  ///   with its output
  static void run(String purpose, List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(purpose + " failed: " + output);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(purpose + " was interrupted", e);
    }
  }
}
