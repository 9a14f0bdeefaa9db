package dev.parley.stack.cli;

import dev.parley.servers.OwnSession;
import dev.parley.servers.Repository;
import dev.parley.stack.data.DataDirectory;
import dev.parley.stack.data.StackState;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `up --detach`: starts the same command without `--detach` in a session of its own, shows what it
/// says, and returns when it is ready or has failed.
final class DetachedUp {
  private final DataDirectory directory;
  private final PrintWriter out;

  DetachedUp(DataDirectory directory, PrintWriter out) {
    this.directory = directory;
    this.out = out;
  }

  /// Returns the exit code.
  ///
  /// @param arguments of this command
  int run(List<String> arguments) throws IOException, InterruptedException {
    directory.create();
    Path log = Files.createTempFile(directory.root().resolve("logs"), "supervisor", ".log");
    List<String> command = new ArrayList<>(OwnSession.prefix());
    command.add(Repository.java());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Parley.class.getName()));
    // Also --detach=true; the new process must not detach again.
    arguments.stream().filter(argument -> !argument.startsWith("--detach")).forEach(command::add);
    Process supervisor =
        new ProcessBuilder(command)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(log.toFile())
            .redirectErrorStream(true)
            .start();
    Thread ctrlC = new Thread(supervisor::destroy);
    Runtime.getRuntime().addShutdownHook(ctrlC);
    FollowedFile output = new FollowedFile(log, 0, "");
    while (!supervisor.waitFor(100, TimeUnit.MILLISECONDS)) {
      output.printNew(out);
      if (isReady(supervisor)) {
        output.printNew(out);
        Runtime.getRuntime().removeShutdownHook(ctrlC);
        Files.move(log, directory.log("supervisor"), StandardCopyOption.REPLACE_EXISTING);
        return 0;
      }
    }
    output.printNew(out);
    Files.delete(log);
    Runtime.getRuntime().removeShutdownHook(ctrlC);
    return supervisor.exitValue();
  }

  private boolean isReady(Process supervisor) throws IOException {
    return directory
        .state()
        .read()
        .filter(StackState::ready)
        .filter(state -> state.supervisor().pid() == supervisor.pid())
        .isPresent();
  }
}
