package dev.parley.stack.cli;

import dev.parley.stack.data.DataDirectory;
import dev.parley.stack.supervisor.LogTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "logs",
    description = "Shows the end of the processes' logs.",
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Of these only (default: all).")
  private List<String> names = new ArrayList<>();

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      description = "So many lines of each (default: ${DEFAULT-VALUE}).")
  private int lines = 50;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with what is written from now on.")
  private boolean follow;

  @Override
  public Integer call() throws IOException, InterruptedException {
    DataDirectory directory = data.directory();
    List<String> wanted = names.isEmpty() ? logged(directory) : names;
    for (String name : wanted) {
      if (!Files.exists(directory.log(name))) {
        throw new Refused("There is no log of " + name + " in " + directory.root() + ".");
      }
    }
    var out = spec.commandLine().getOut();
    for (String name : wanted) {
      LogTail.read(directory.log(name), lines)
          .forEach(line -> out.println(label(wanted, name) + line));
    }
    out.flush();
    if (follow) {
      List<FollowedFile> files = new ArrayList<>();
      for (String name : wanted) {
        Path log = directory.log(name);
        files.add(new FollowedFile(log, Files.size(log), label(wanted, name)));
      }
      FollowedFile.followAll(files, out);
    }
    return 0;
  }

  private static String label(List<String> wanted, String name) {
    return wanted.size() == 1 ? "" : name + " | ";
  }

  private static List<String> logged(DataDirectory directory) throws IOException {
    Path logs = directory.root().resolve("logs");
    if (!Files.isDirectory(logs)) {
      return List.of();
    }
    try (var files = Files.list(logs)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".log"))
          .map(name -> name.substring(0, name.length() - ".log".length()))
          .sorted()
          .toList();
    }
  }
}
