package dev.parley.stack.cli;

import dev.parley.stack.data.DataDirectory;
import dev.parley.stack.data.StackState;
import dev.parley.stack.supervisor.Leftovers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "down",
    description =
        "Stops everything in order; data stays (unless the stack was started with --fresh).",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  private static final long LONGEST_SECONDS = 20;

  @Mixin private DataOption data = new DataOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var out = spec.commandLine().getOut();
    DataDirectory directory = data.directory();
    Optional<StackState> state = directory.state().read();
    if (state.isEmpty()) {
      out.println("No stack runs on " + directory.root() + ".");
      return 0;
    }
    Optional<ProcessHandle> supervisor = state.get().supervisor().find();
    if (supervisor.isPresent()) {
      stop(state.get(), supervisor.get());
      out.println("Stopped.");
    } else {
      List<String> ended = Leftovers.end(state.get());
      directory.state().delete();
      directory.deleteFresh();
      out.println("Ended what a killed stack had left: " + String.join(", ", ended) + ".");
    }
    return 0;
  }

  /// A supervisor that does not listen, or does not end, is killed together with its processes.
  private static void stop(StackState state, ProcessHandle supervisor)
      throws IOException, InterruptedException {
    try {
      Control.post(state, "/down");
    } catch (IOException notListeningYet) {
      supervisor.destroy();
    }
    try {
      supervisor.onExit().get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException stuck) {
      supervisor.destroyForcibly();
      Leftovers.end(state);
      throw new IOException("the stack did not stop in order and was killed", stuck);
    }
  }
}
