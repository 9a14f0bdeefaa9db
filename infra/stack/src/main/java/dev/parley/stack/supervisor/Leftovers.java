package dev.parley.stack.supervisor;

import dev.parley.stack.data.StackState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ends what a supervisor left running when it was killed. A process whose number now belongs to
/// another one is left alone.
public final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Leftovers() {}

  /// Asks all to end, the last started first, kills those that have not after 5 s, and returns the
  /// names of all that ran.
  public static List<String> end(StackState state) throws InterruptedException {
    List<String> names = new ArrayList<>();
    List<ProcessHandle> running = new ArrayList<>();
    for (StackState.Entry entry : state.processes().reversed()) {
      entry
          .identity()
          .find()
          .ifPresent(process -> {
            ask(process, entry.stopSignal());
            names.add(entry.name());
            running.add(process);
          });
    }
    CompletableFuture<?>[] ends =
        running.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ends).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException tooSlow) {
      running.forEach(ProcessHandle::destroyForcibly);
      CompletableFuture.allOf(ends).join();
    }
    return List.copyOf(names.reversed());
  }

  private static void ask(ProcessHandle process, String signal) {
    if (signal.equals("TERM")) {
      process.destroy();
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start();
    } catch (IOException noKillCommand) {
      process.destroy();
    }
  }
}
