package dev.parley.chaos.stack;

import dev.parley.chaos.proxy.Condition;
import dev.parley.chaos.schedule.Topology;
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
import dev.parley.stack.supervisor.ProcessReport;
import dev.parley.stack.supervisor.Supervisor;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A running stack and everything that can be done to it. Thread-safe. `./parley status --data DIR`
/// and the like work on it as on any other.
public final class ChaosStack {
  private final Wiring wiring;
  private final Supervisor supervisor;
  private final DataDirectory directory;
  private final Secrets secrets;
  private final FileChannel lock;
  private final ControlServer control;
  private final @Nullable Disk disk;
  private final int port;
  private boolean stopped;

  private ChaosStack(
      Wiring wiring,
      Supervisor supervisor,
      DataDirectory directory,
      Secrets secrets,
      FileChannel lock,
      ControlServer control,
      @Nullable Disk disk,
      int port) {
    this.wiring = wiring;
    this.supervisor = supervisor;
    this.directory = directory;
    this.secrets = secrets;
    this.lock = lock;
    this.control = control;
    this.disk = disk;
    this.port = port;
  }

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
      Path root, Topology topology, List<String> more, EventLoopGroup loops, Path log)
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
            Topology.MESSAGE_SERVICES,
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
    Supervisor supervisor = new Supervisor(plan, directory, new RunLog(log), token);
    ControlServer control = new ControlServer(supervisor, token, () -> {});
    return new ChaosStack(wiring, supervisor, directory, secrets, lock, control, disk, port);
  }

  /// Starts everything and returns when all of it is ready.
  public void start() throws IOException, InterruptedException {
    supervisor.start(control.port());
    supervisor.announceReady();
  }

  /// Where people come in.
  public URI entry() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Every process, as `status` tells it.
  public Map<String, ProcessReport> processes() {
    return supervisor.report().stream()
        .collect(Collectors.toMap(ProcessReport::name, report -> report));
  }

  /// Whether a process serves, or did when it was last asked.
  public boolean isReady(String process) {
    ProcessReport report = processes().get(process);
    return report != null && report.state().equals("ready");
  }

  /// SIGKILL. The supervisor starts it again.
  ///
  /// @return the id that it had
  public long kill(String process) throws IOException {
    ProcessHandle handle = handle(process);
    handle.destroyForcibly();
    handle.onExit().join();
    return handle.pid();
  }

  /// Stops it in order and starts it again; returns when it is ready.
  public void restart(String process) throws IOException, InterruptedException {
    supervisor.restart(process);
  }

  /// Whether a process serves that was started after the one with the id `before`.
  public boolean isReadyAgain(String process, long before) {
    ProcessReport report = processes().get(process);
    return report != null
        && report.pid() > 0 // None while it has not been noticed that it died.
        && report.pid() != before
        && report.state().equals("ready");
  }

  /// SIGSTOP, its children included.
  public void pause(String process) throws IOException, InterruptedException {
    Signals.family("STOP", handle(process));
  }

  /// SIGCONT.
  public void resume(String process) throws IOException, InterruptedException {
    Signals.family("CONT", handle(process));
  }

  /// Puts a link into a condition.
  public void put(String link, Condition condition) {
    wiring.put(link, condition);
  }

  /// Forgets all that Redis holds.
  public void flushRedis() throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), wiring.port(Topology.REDIS))) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
      if (!answer.equals("+OK")) {
        throw new IOException("FLUSHALL was answered " + answer);
      }
    }
  }

  /// PostgreSQL finds no room from now on.
  public void fillDisk() throws IOException {
    if (disk == null) {
      throw new IOException("the database has no disk of its own");
    }
    disk.fill();
  }

  /// There is room again.
  public void freeDisk() throws IOException {
    if (disk != null) {
      disk.free();
    }
  }

  /// Brokers as a client of the harness reaches them, past all proxies.
  public String bootstrapServers() {
    return processes().keySet().stream()
        .filter(name -> Topology.kind(name).equals(Topology.KAFKA))
        .map(name -> "127.0.0.1:" + wiring.port(name))
        .collect(Collectors.joining(","));
  }

  /// The JDBC address of the messages, past all proxies, credentials included.
  public String database() {
    return "jdbc:postgresql://127.0.0.1:%d/messages?user=messages&password=%s"
        .formatted(
            wiring.port(Topology.POSTGRES),
            URLEncoder.encode(secrets.messagesPassword(), StandardCharsets.UTF_8));
  }

  /// Where a gateway shows its metrics.
  public URI metrics(String gateway) {
    return URI.create("http://127.0.0.1:" + wiring.managementPort(gateway) + "/q/metrics");
  }

  /// Stops everything. Logs and data stay, what was on the small disk excepted.
  public synchronized void stop() throws IOException, InterruptedException {
    if (stopped) {
      return;
    }
    stopped = true;
    for (ProcessHandle each : supervisor.handles()) {
      Signals.family("CONT", each);
    }
    supervisor.stop();
    control.close();
    wiring.close();
    directory.state().delete();
    if (disk != null) {
      disk.unmount();
    }
    lock.close();
  }

  private ProcessHandle handle(String process) throws IOException {
    ProcessReport report = processes().get(process);
    return Optional.ofNullable(report)
        .flatMap(found -> ProcessHandle.of(found.pid()))
        .orElseThrow(() -> new IOException(process + " does not run"));
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
