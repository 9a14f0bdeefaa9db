package dev.parley.chaos.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Signals that Java cannot send by itself.
final class Signals {
  private static final int TRIES = 3;

  private Signals() {}

  /// Sends a signal to a process and all that it has started.
  ///
  /// @param name without `SIG`
  /// @return whether the process and all of its children that still lived got it
  static boolean family(String name, ProcessHandle process)
      throws IOException, InterruptedException {
    // A child may end between being listed and being reached; then there is another list.
    for (int tries = 0; tries < TRIES; tries++) {
      if (kill(name, process)) {
        return true;
      }
    }
    return false;
  }

  private static boolean kill(String name, ProcessHandle process)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    Stream.concat(Stream.of(process), process.descendants())
        .map(each -> Long.toString(each.pid()))
        .forEach(command::add);
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
