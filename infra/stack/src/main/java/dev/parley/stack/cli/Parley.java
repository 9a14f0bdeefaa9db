package dev.parley.stack.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The program behind `./parley`. Exit codes: 0 done, 1 could not be done (one sentence on standard
/// error says why), 2 wrong usage.
@Command(
    name = "./parley",
    description = "Parley on this machine: Kafka, PostgreSQL, Redis, all services and one entry.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "  test   Builds everything and runs all tests.",
      "",
      "docs/running.md tells the rest."
    },
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      RestartCommand.class,
      StopCommand.class,
      StartCommand.class,
      ScaleCommand.class,
      HelpCommand.class
    })
public final class Parley {
  private Parley() {}

  /// The program.
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Parley());
    line.setExecutionExceptionHandler((e, command, parsed) -> {
      String sentence = e.getMessage() == null ? e.toString() : e.getMessage();
      command.getErr().println(command.getColorScheme().errorText("parley: " + sentence));
      return e instanceof IllegalArgumentException ? 2 : 1;
    });
    return line;
  }
}
