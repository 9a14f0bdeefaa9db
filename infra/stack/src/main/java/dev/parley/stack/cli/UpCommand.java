package dev.parley.stack.cli;

import dev.parley.servers.Ports;
import dev.parley.servers.Repository;
import dev.parley.stack.data.DataDirectory;
import dev.parley.stack.data.StackState;
import dev.parley.stack.plan.Settings;
import dev.parley.stack.plan.StackOptions;
import dev.parley.stack.plan.StackPlan;
import dev.parley.stack.supervisor.ControlServer;
import dev.parley.stack.supervisor.Leftovers;
import dev.parley.stack.supervisor.Supervisor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    description = "Starts everything and stays until Ctrl-C.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @Option(
      names = "--gateways",
      paramLabel = "N",
      description = "How many gateways (default: ${DEFAULT-VALUE}).")
  private int gateways = 2;

  @Option(
      names = "--message-services",
      paramLabel = "N",
      description = "How many message-services (default: ${DEFAULT-VALUE}).")
  private int messageServices = 1;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      description = "1, or 3 for a cluster with replication 3 (default: ${DEFAULT-VALUE}).")
  private int brokers = 1;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Where people connect (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--fresh",
      description = "With new data that is thrown away at the end; kept data stays untouched.")
  private boolean fresh;

  @Option(names = "--detach", description = "Returns when everything is ready.")
  private boolean detach;

  @Option(
      names = "--set",
      paramLabel = "SERVICE.KEY=VALUE",
      description =
          "A setting of auth, message, presence, gateway, kafka, postgres, redis, load-balancer,"
              + " or of one process, such as gateway-1. May be repeated.")
  private List<String> settings = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    StackOptions options =
        new StackOptions(gateways, messageServices, brokers, port, fresh, Settings.parse(settings));
    DataDirectory directory = data.directory();
    PrintWriter out = spec.commandLine().getOut();
    if (detach) {
      return new DetachedUp(directory, out).run(spec.commandLine().getParseResult().originalArgs());
    }
    directory.create();
    Optional<FileChannel> lock = directory.lock();
    if (lock.isEmpty()) {
      throw new Refused(
          "Another stack uses "
              + directory.root()
              + "; stop it with ./parley down, or choose another --data.");
    }
    try (FileChannel held = lock.get()) {
      endLeftovers(directory, out);
      if (!Ports.isFree(port)) {
        throw new Refused("Port " + port + " is taken; choose another one with --port.");
      }
      return held.isOpen() ? run(directory, options, out) : 1;
    }
  }

  private static int run(DataDirectory directory, StackOptions options, PrintWriter out)
      throws IOException, InterruptedException {
    directory.deleteFresh();
    Console console = new Console(out, options.port());
    StackPlan plan = new StackPlan(Repository.find(), directory, options);
    String token = UUID.randomUUID().toString();
    Supervisor supervisor = new Supervisor(plan, directory, console, token);
    // Ctrl-C, SIGTERM and every other way out end here; it runs once.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor, directory, console)));
    try (ControlServer control = new ControlServer(supervisor, token, UpCommand::exit)) {
      supervisor.start(control.port());
      console.everythingReady(supervisor.handles());
      supervisor.announceReady();
      untilTheEnd();
    } catch (IOException e) {
      if (!supervisor.isStopping()) {
        throw e;
      }
      untilTheEnd();
    }
    return 0;
  }

  /// Asked to end, also in the middle of the start: the hook above does it.
  private static void exit() {
    Thread.ofPlatform().name("down").start(() -> System.exit(0));
  }

  private static void untilTheEnd() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  private static void stop(Supervisor supervisor, DataDirectory directory, Console console) {
    try {
      supervisor.stop();
      directory.state().delete();
      directory.deleteFresh();
      console.everythingStopped();
    } catch (IOException e) {
      console.failed("the stack", String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endLeftovers(DataDirectory directory, PrintWriter out)
      throws IOException, InterruptedException {
    Optional<StackState> state = directory.state().read();
    if (state.isPresent()) {
      List<String> ended = Leftovers.end(state.get());
      directory.state().delete();
      if (!ended.isEmpty()) {
        out.println("Ended what a killed stack had left: " + String.join(", ", ended) + ".");
      }
    }
  }
}
