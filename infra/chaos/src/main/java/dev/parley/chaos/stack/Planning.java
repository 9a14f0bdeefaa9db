package dev.parley.chaos.stack;

import dev.parley.chaos.schedule.ProcessTopology;
import dev.parley.servers.Ports;
import dev.parley.servers.Postgres;
import dev.parley.servers.Repository;
import dev.parley.stack.data.DataDirectory;
import dev.parley.stack.data.Secrets;
import dev.parley.stack.data.StackState;
import dev.parley.stack.plan.Settings;
import dev.parley.stack.plan.StackOptions;
import dev.parley.stack.plan.StackPlan;
import dev.parley.stack.supervisor.ControlServer;
import dev.parley.stack.supervisor.Leftovers;
import dev.parley.stack.supervisor.Supervisor;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Prepares a stack of the harness's own.
public final class Planning {
  private Planning() {}

  /// Whether this machine lets us mount a small disk.
  public static boolean canMount(Path below) throws IOException, InterruptedException {
    Optional<Disk> disk = Disk.mount(below.resolve("try-mount"));
    if (disk.isPresent()) {
      disk.get().unmount();
    }
    return disk.isPresent();
  }

  /// Plans a stack with new data below `root`, which must not be there; starts nothing yet but the
  /// proxies.
  ///
  /// @param more settings as `--set` takes them; go before our own
  public static ChaosStack plan(
      Path root, ProcessTopology topology, List<String> more, EventLoopGroup loops, Path log)
      throws IOException, InterruptedException {
    DataDirectory directory = new DataDirectory(root);
    directory.create();
    FileChannel lock =
        directory.lock().orElseThrow(() -> new IOException("another stack uses " + root));
    endLeftovers(directory);
    Wiring wiring = new Wiring(topology, loops);
    int port = Ports.free();
    List<String> settings = new ArrayList<>(wiring.settings());
    settings.add("load-balancer.listen=127.0.0.1:" + port);
    settings.add("auth.parley.auth.limits.registrations-per-address=1000000");
    // A disk of half a gigabyte must hold it.
    settings.addAll(List.of("postgres.max_wal_size=128MB", "postgres.min_wal_size=32MB"));
    settings.addAll(more);
    StackOptions options =
        new StackOptions(
            topology.gateways(),
            ProcessTopology.MESSAGE_SERVICES,
            topology.brokers(),
            port,
            false,
            Settings.parse(settings));
    Repository repository = Repository.find();
    StackPlan plan = new StackPlan(repository, directory, options);
    Path store = directory.store(false);
    Secrets secrets = Secrets.of(store);
    Disk disk =
        topology.disk() ? database(repository, store, root, secrets.postgresPassword()) : null;
    String token = UUID.randomUUID().toString();
    Crashes crashes = new Crashes(InstantSource.system());
    Supervisor supervisor = new Supervisor(plan, directory, new RunLog(log, crashes), token);
    ControlServer control = new ControlServer(supervisor, token, () -> {});
    return new ChaosStack(
        topology, wiring, supervisor, directory, secrets, lock, control, disk, crashes, port);
  }

  /// Makes the database's directory on a disk of its own, and a link to it where the stack has it.
  private static @Nullable Disk database(
      Repository repository, Path store, Path root, String password)
      throws IOException, InterruptedException {
    Disk disk = Disk.mount(root.resolve("disk")).orElse(null);
    if (disk != null) {
      Path data = disk.path().resolve("postgres");
      new Postgres(repository, data, 0, password, Postgres.durable()).prepare();
      Files.createSymbolicLink(store.resolve("postgres"), data);
    }
    return disk;
  }

  private static void endLeftovers(DataDirectory directory)
      throws IOException, InterruptedException {
    Optional<StackState> state = directory.state().read();
    if (state.isPresent()) {
      Leftovers.end(state.get());
      directory.state().delete();
    }
  }
}
