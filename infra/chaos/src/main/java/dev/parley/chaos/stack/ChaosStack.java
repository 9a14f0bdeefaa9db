package dev.parley.chaos.stack;

import dev.parley.chaos.check.Rest;
import dev.parley.chaos.proxy.Condition;
import dev.parley.chaos.schedule.ProcessTopology;
import dev.parley.chaos.schedule.Topology;
import dev.parley.stack.data.DataDirectory;
import dev.parley.stack.data.Secrets;
import dev.parley.stack.supervisor.ControlServer;
import dev.parley.stack.supervisor.ProcessReport;
import dev.parley.stack.supervisor.Supervisor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A running stack and everything that can be done to it. Thread-safe. `./parley status --data DIR`
/// and the like work on it as on any other.
public final class ChaosStack implements Stack {
  private static final Duration PACE = Duration.ofMillis(50);

  private final ProcessTopology topology;
  private final Wiring wiring;
  private final Supervisor supervisor;
  private final DataDirectory directory;
  private final Secrets secrets;
  private final FileChannel lock;
  private final ControlServer control;
  private final @Nullable Disk disk;
  private final Crashes crashes;
  private final LiveHeaps heaps = new LiveHeaps();
  private final int port;
  private boolean stopped;

  ChaosStack(
      ProcessTopology topology,
      Wiring wiring,
      Supervisor supervisor,
      DataDirectory directory,
      Secrets secrets,
      FileChannel lock,
      ControlServer control,
      @Nullable Disk disk,
      Crashes crashes,
      int port) {
    this.topology = topology;
    this.wiring = wiring;
    this.supervisor = supervisor;
    this.directory = directory;
    this.secrets = secrets;
    this.lock = lock;
    this.control = control;
    this.disk = disk;
    this.crashes = crashes;
    this.port = port;
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    supervisor.start(control.port());
    supervisor.announceReady();
  }

  @Override
  public URI entry() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Every process, as `status` tells it.
  public Map<String, ProcessReport> processes() {
    return supervisor.report().stream()
        .collect(Collectors.toMap(ProcessReport::name, report -> report));
  }

  @Override
  public boolean isReady(String process) {
    ProcessReport report = processes().get(process);
    return report != null && report.state().equals("ready");
  }

  /// The supervisor starts it again.
  ///
  /// @return the id that it had
  @Override
  public long kill(String process) throws IOException {
    ProcessHandle handle = handle(process);
    crashes.killing(process);
    handle.destroyForcibly();
    handle.onExit().join();
    return handle.pid();
  }

  /// Stops it in order and starts it again; returns when it is ready.
  public void restart(String process) throws IOException, InterruptedException {
    supervisor.restart(process);
  }

  @Override
  public boolean isReadyAgain(String process, long killed) {
    ProcessReport report = processes().get(process);
    return report != null
        && report.pid() > 0 // None while it has not been noticed that it died.
        && report.pid() != killed
        && report.state().equals("ready");
  }

  /// SIGSTOP, its children included.
  ///
  /// @throws IOException if not all of them could be stopped; then none is
  public void pause(String process) throws IOException, InterruptedException {
    ProcessHandle handle = handle(process);
    if (!Signals.family("STOP", handle)) {
      Signals.family("CONT", handle);
      throw new IOException(process + " could not be stopped");
    }
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
    crashes.filling();
    disk.fill();
  }

  /// There is room again.
  public void freeDisk() throws IOException {
    if (disk != null) {
      disk.free();
      crashes.freed();
    }
  }

  /// Brokers as a client of the harness reaches them, past all proxies.
  public String bootstrapServers() {
    return processes().keySet().stream()
        .filter(name -> Topology.kind(name).equals(Topology.KAFKA))
        .map(name -> "127.0.0.1:" + wiring.port(name))
        .collect(Collectors.joining(","));
  }

  /// Past all proxies.
  @Override
  public String database() {
    return "jdbc:postgresql://127.0.0.1:%d/messages?user=messages&password=%s"
        .formatted(
            wiring.port(Topology.POSTGRES),
            URLEncoder.encode(secrets.messagesPassword(), StandardCharsets.UTF_8));
  }

  @Override
  public Duration pace() {
    return PACE;
  }

  @Override
  public List<Rest.Lag> lags() throws IOException, InterruptedException {
    return new Lags(bootstrapServers()).read();
  }

  @Override
  public List<String> crashes() {
    return crashes.unexplained();
  }

  @Override
  public void begin() throws IOException, InterruptedException {
    heaps.begin(processes().values());
  }

  @Override
  public List<Rest.Memory> memories() throws IOException, InterruptedException {
    Collection<ProcessReport> processes = processes().values();
    List<Rest.Memory> memories = new ArrayList<>();
    for (ProcessReport report : processes) {
      String name = report.name();
      memories.add(new Rest.Memory(name, report.rssBytes(), Allowance.of(name)));
    }
    memories.addAll(heaps.now(processes));
    return memories;
  }

  @Override
  public long sessions() throws IOException, InterruptedException {
    long all = 0;
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String gateway : topology.all(Topology.GATEWAY)) {
        String metrics = "http://127.0.0.1:" + wiring.managementPort(gateway) + "/q/metrics";
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(metrics)).timeout(Duration.ofSeconds(5)).build();
        all += SessionCount.in(http.send(request, BodyHandlers.ofString()).body());
      }
    }
    return all;
  }

  /// Logs and data stay, what was on the small disk excepted.
  @Override
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
}
