package dev.parley.chaos.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Signals that Java cannot send by itself.
final class Signals {
  private Signals() {}

  /// Sends a signal to a process and all that it has started.
  ///
  /// @param name without `SIG`
  static void family(String name, ProcessHandle process) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    Stream.concat(Stream.of(process), process.descendants())
        .map(each -> Long.toString(each.pid()))
        .forEach(command::add);
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
