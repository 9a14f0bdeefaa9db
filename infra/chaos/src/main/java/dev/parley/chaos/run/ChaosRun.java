package dev.parley.chaos.run;

import dev.parley.chaos.check.Checker;
import dev.parley.chaos.check.Evidence;
import dev.parley.chaos.check.Fault;
import dev.parley.chaos.check.Rest;
import dev.parley.chaos.check.Verdict;
import dev.parley.chaos.client.Api;
import dev.parley.chaos.client.Churn;
import dev.parley.chaos.client.Crowd;
import dev.parley.chaos.client.Device;
import dev.parley.chaos.client.Ledger;
import dev.parley.chaos.client.Pace;
import dev.parley.chaos.client.Scene;
import dev.parley.chaos.fault.Injector;
import dev.parley.chaos.report.Recovery;
import dev.parley.chaos.report.RunReport;
import dev.parley.chaos.schedule.FaultKind;
import dev.parley.chaos.schedule.ProcessTopology;
import dev.parley.chaos.schedule.Schedule;
import dev.parley.chaos.stack.ContainerStack;
import dev.parley.chaos.stack.Planning;
import dev.parley.chaos.stack.Stack;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// One run: starts a stack, or takes one that runs, lets a crowd talk, breaks what the schedule
/// says, waits until all is well, and has the checker judge.
public final class ChaosRun {
  private static final Duration WARM = Duration.ofMinutes(3);
  private static final long CHURN_SECONDS = 3;

  private final Options options;
  private final Say say;
  private final Instant began = Instant.now();
  private final LongSupplier clock = microsSince(System.nanoTime());

  public ChaosRun(Options options, Say say) {
    this.options = options;
    this.say = say;
  }

  /// Runs it. Takes minutes.
  ///
  /// @throws IOException if the stack does not start, or a file cannot be written
  @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the end of the loops.
  public Outcome run() throws IOException, InterruptedException {
    Path directory =
        options
            .data()
            .toAbsolutePath()
            .resolve("seed-%d-%d".formatted(options.seed(), began.getEpochSecond()));
    Path histories = Files.createDirectories(directory.resolve("histories"));
    EventLoopGroup loops = new NioEventLoopGroup(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Stack stack = stack(directory, loops);
      Thread end = Thread.ofPlatform().unstarted(() -> stop(stack));
      Runtime.getRuntime().addShutdownHook(end);
      try {
        Schedule schedule =
            new Schedule(options.seed(), stack.topology(), options.kinds(), options.target());
        say.line(
            switch (options.place()) {
              case Place.Own own -> "Starting the stack in " + directory.resolve("stack") + " ...";
              case Place.Compose compose ->
                  "Taking the containers of " + compose.project() + " ...";
            });
        stack.start();
        return besiege(stack, schedule, loops, threads, histories, directory);
      } finally {
        stop(stack);
        Runtime.getRuntime().removeShutdownHook(end);
      }
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  private Stack stack(Path directory, EventLoopGroup loops)
      throws IOException, InterruptedException {
    Path root = directory.resolve("stack");
    return switch (options.place()) {
      case Place.Own own -> {
        boolean disk =
            options.kinds().contains(FaultKind.DISK_FULL) && Planning.canMount(directory);
        yield Planning.plan(
            root,
            new ProcessTopology(own.brokers(), own.gateways(), disk),
            own.settings(),
            loops,
            directory.resolve("supervisor.log"));
      }
      case Place.Compose compose ->
          new ContainerStack(compose.project(), compose.entry(), compose.credentials(), root);
    };
  }

  /// Conversations that somebody has opened already.
  private static Set<UUID> conversations(Stack stack) throws SQLException {
    try (Database database = new Database(stack.database())) {
      return Set.copyOf(database.heads().keySet());
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // They come and go until the faults are over.
  private Outcome besiege(
      Stack stack,
      Schedule schedule,
      EventLoopGroup loops,
      ExecutorService threads,
      Path histories,
      Path directory)
      throws IOException, InterruptedException {
    Ledger ledger = new Ledger(clock);
    try (Api api = new Api(stack.entry(), threads)) {
      URI socket = URI.create(stack.entry().toString().replaceFirst("^http", "ws") + "/ws");
      Pace pace = Pace.of(options.clients(), options.rate());
      Scene scene = new Scene(socket, api, ledger, loops, histories, clock, pace);
      Set<UUID> before = conversations(stack);
      say.line("Registering people and opening conversations ...");
      Crowd crowd = Crowd.gather(scene, options.clients(), options.seed(), surname());
      List<Device> devices = crowd.devices();
      devices.forEach(Device::start);
      Siege siege;
      long from;
      long to;
      try (Monitor monitor = new Monitor(devices, ledger, clock);
          ScheduledExecutorService churning = Executors.newSingleThreadScheduledExecutor()) {
        monitor.start();
        if (!monitor.awaitCalm(Duration.ofSeconds(3), WARM)) {
          throw new IOException("the clients did not come to talk: " + monitor.lastReason());
        }
        stack.begin();
        say.line(
            "%d clients are connected and talk. Faults from here on:".formatted(devices.size()));
        Churn churn = new Churn(crowd.churning(), options.seed());
        churning.scheduleAtFixedRate(
            () -> churn.next(clock.getAsLong()), CHURN_SECONDS, CHURN_SECONDS, TimeUnit.SECONDS);
        Injector injector = new Injector(stack, clock);
        Mishaps mishaps = new Mishaps(stack.topology(), say);
        siege = new Siege(injector, monitor, ledger, clock, threads, mishaps, say);
        from = clock.getAsLong();
        siege.lay(schedule, options);
        to = clock.getAsLong();
        churning.shutdownNow();
      }
      devices.forEach(Device::calmDown);
      say.line("No more faults. Waiting until everybody has everything ...");
      Finale.Found found = new Finale(stack, before, devices, api).play(siege.stuck());
      stop(stack);
      say.line("Checking ...");
      Verdict verdict = judge(histories, siege, found);
      RunReport report =
          new Reporting(options, began, stack.topology())
              .report(
                  siege, found.rest(), verdict, ledger.count(), (to - from) / 1_000_000, directory);
      return new Outcome(report, verdict, directory);
    } catch (SQLException | ExecutionException e) {
      throw new IOException("what Parley holds at the end could not be read: " + e, e);
    }
  }

  /// Nobody else has it, whoever was registered before.
  private String surname() {
    return Long.toString(began.toEpochMilli(), 36);
  }

  private Verdict judge(Path histories, Siege siege, Finale.Found found) throws IOException {
    List<Fault> faults = new ArrayList<>();
    for (Recovery each : siege.recoveries()) {
      var fault = each.fault();
      faults.add(new Fault(fault.kind().text(), fault.target(), fault.from(), fault.to()));
    }
    Rest rest = found.rest();
    try (var files = Files.list(histories)) {
      return Checker.check(
          new Evidence(files.sorted().toList(), found.log(), faults, rest, options.replay()));
    }
  }

  private void stop(Stack stack) {
    try {
      stack.stop();
    } catch (IOException e) {
      say.line("The stack did not stop in order: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static LongSupplier microsSince(long nanos) {
    return () -> (System.nanoTime() - nanos) / 1_000;
  }
}
