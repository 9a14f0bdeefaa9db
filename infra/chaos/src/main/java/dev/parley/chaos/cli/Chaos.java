package dev.parley.chaos.cli;

import dev.parley.chaos.check.Violation;
import dev.parley.chaos.report.Results;
import dev.parley.chaos.report.Table;
import dev.parley.chaos.run.ChaosRun;
import dev.parley.chaos.run.Options;
import dev.parley.chaos.run.Outcome;
import dev.parley.chaos.run.Place;
import dev.parley.chaos.schedule.FaultKind;
import dev.parley.servers.Repository;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The program behind `./parley chaos`. Exit codes: 0 nothing was wrong, 1 a promise was broken, a
/// fault could not be done or the run could not, 2 wrong usage.
@Command(
    name = "./parley chaos",
    description = {
      "Starts a stack of real processes, lets hundreds of clients talk, breaks one or two things at"
          + " a time by a seeded schedule, and checks that nothing acknowledged was lost, doubled or"
          + " reordered.",
      "Without --minutes and --faults: 60 faults.",
      "With --compose a stack in containers that runs already is taken instead, for example the one of"
          + " docker-compose.cluster.yml: the main process of one or two of them is killed at a time,"
          + " and their restart policy has to act. They are neither started nor stopped. Nobody else"
          + " may use the stack meanwhile."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class Chaos implements Callable<Integer> {
  private static final int FAULTS = 60;
  private static final int BROKERS = 1;
  private static final int GATEWAYS = 2;
  private static final String PASSWORD = "PARLEY_DATABASE_PASSWORD";

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of the schedule and of what clients do (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--minutes", paramLabel = "M", description = "No fault begins after that.")
  private @Nullable Double minutes;

  @Option(names = "--faults", paramLabel = "N", description = "Ends after so many faults.")
  private @Nullable Integer faults;

  @Option(
      names = "--only",
      paramLabel = "KIND",
      description =
          "One kind of fault: kill, term, stop, cut, reset, delay, half-open, drip, flush-redis,"
              + " disk-full, rolling-gateways, rolling-messages, rolling-brokers, rebalance.")
  private @Nullable String only;

  @Option(
      names = "--target",
      paramLabel = "NAME",
      description =
          "Only this process, as ./parley status names it, or all of a kind, for example gateway, or"
              + " link, for example gateway-1->redis, or container without the project's name, for"
              + " example kafka-2-1.")
  private @Nullable String target;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      description = "1, or 3 for a cluster (default: " + BROKERS + ").")
  private @Nullable Integer brokers;

  @Option(
      names = "--gateways",
      paramLabel = "N",
      description = "2 or more (default: " + GATEWAYS + ").")
  private @Nullable Integer gateways;

  @Option(
      names = "--compose",
      paramLabel = "PROJECT",
      description =
          "The compose project whose running containers are killed; needs --only kill, --entry and"
              + " --database.")
  private @Nullable String compose;

  @Option(
      names = "--entry",
      paramLabel = "URL",
      description = "With --compose: where people come in, for example http://127.0.0.1:8080.")
  private @Nullable URI entry;

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      description =
          "With --compose: the messages as they are reached from here, for example"
              + " jdbc:postgresql://127.0.0.1:5432/messages?user=messages; the password is taken from"
              + " the environment ("
              + PASSWORD
              + ").")
  private @Nullable String database;

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "Devices, each with a session (default: ${DEFAULT-VALUE}).")
  private int clients = 240;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Messages a second that all of them together want to send (default: ${DEFAULT-VALUE}).")
  private double rate = Options.USUAL_RATE;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The run is appended to it (default: target/chaos/results.json).")
  private @Nullable Path out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the run has its directory: the stack's data and logs, and what each client saw. It"
              + " is kept if something was wrong (default: target/chaos).")
  private @Nullable Path data;

  @Option(names = "--keep", description = "Keeps the run's directory in any case.")
  private boolean keep;

  @Option(
      names = "--set",
      paramLabel = "SERVICE.KEY=VALUE",
      description = "A setting of the stack, as ./parley up takes it. May be repeated.")
  private List<String> settings = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  /// The program.
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Chaos());
    line.setExecutionExceptionHandler((e, command, parsed) -> {
      String sentence = e.getMessage() == null ? e.toString() : e.getMessage();
      command.getErr().println(command.getColorScheme().errorText("parley: " + sentence));
      return e instanceof IllegalArgumentException ? 2 : 1;
    });
    return line;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Options options = options();
    PrintWriter console = spec.commandLine().getOut();
    Outcome outcome = new ChaosRun(options, line -> say(console, line)).run();
    for (Violation violation : outcome.verdict().violations()) {
      say(console, violation.text());
    }
    say(console, Table.of(outcome.report()));
    new Results(options.results()).append(outcome.report());
    say(console, "Appended to " + options.results() + ".");
    int failed = outcome.report().failed().size();
    if (failed > 0) {
      say(console, "%d of the faults could not be done, see above.".formatted(failed));
    }
    if (outcome.good() && !options.keep()) {
      outcome.discard();
    } else {
      say(console, "Histories and logs are in " + outcome.directory() + ".");
    }
    return outcome.good() ? 0 : 1;
  }

  private Options options() {
    Path usual = Repository.find().root().resolve("target/chaos");
    Path directory = data == null ? usual : data;
    int number = faults == null ? minutes == null ? FAULTS : 0 : faults;
    if (faults != null && faults < 1) {
      throw new IllegalArgumentException("--faults " + faults + ": expected 1 or more");
    }
    return new Options(
        seed,
        minutes == null ? null : Duration.ofMillis((long) (minutes * 60_000)),
        number,
        only == null ? List.of(FaultKind.values()) : List.of(FaultKind.of(only)),
        target,
        place(),
        clients,
        rate,
        directory,
        out == null ? usual.resolve("results.json") : out,
        keep);
  }

  private Place place() {
    if (compose == null) {
      refuse(entry != null || database != null, "--entry and --database: need --compose");
      return new Place.Own(
          brokers == null ? BROKERS : brokers, gateways == null ? GATEWAYS : gateways, settings);
    }
    refuse(
        brokers != null || gateways != null || !settings.isEmpty(),
        "--brokers, --gateways and --set: not with --compose, whose stack runs already");
    if (entry == null || database == null) {
      throw new IllegalArgumentException("--compose: needs --entry and --database");
    }
    refuse(
        database.contains("password="),
        "--database: others can see it; the password belongs into " + PASSWORD);
    String password = System.getenv(PASSWORD);
    return new Place.Compose(compose, entry, database, password == null ? "" : password);
  }

  private static void refuse(boolean wrong, String sentence) {
    if (wrong) {
      throw new IllegalArgumentException(sentence);
    }
  }

  private static void say(PrintWriter console, String line) {
    synchronized (console) {
      console.println(line);
      console.flush();
    }
  }
}
