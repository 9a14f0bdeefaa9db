package dev.parley.chaos.stack;

import dev.parley.chaos.check.Rest;
import dev.parley.chaos.docker.Container;
import dev.parley.chaos.docker.Docker;
import dev.parley.chaos.docker.GroupTable;
import dev.parley.chaos.docker.MemoryUse;
import dev.parley.chaos.schedule.ContainerTopology;
import dev.parley.chaos.schedule.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A compose project that somebody else has started and will stop. Its containers are found once: a
/// crashed one is the same when its restart policy has started it again. Thread-safe.
public final class ContainerStack implements Stack {
  /// Above this the next thing that happens to it is that the system ends it.
  private static final double FULL = 0.9;

  private static final Duration PACE = Duration.ofMillis(500);

  private final Docker docker = new Docker();
  private final Instant began = Instant.now();
  private final Map<String, Container> containers = new TreeMap<>();
  private final ContainerTopology topology;
  private final URI entry;
  private final String database;
  private final Path logs;
  private boolean stopped;

  /// @param database the JDBC address of the messages as it is reached from here, with credentials
  /// @param logs the directory that the containers' logs are written to at the end
  /// @throws IllegalArgumentException if the project has no running container
  public ContainerStack(String project, URI entry, String database, Path logs)
      throws IOException, InterruptedException {
    for (Container container : docker.containers(project)) {
      containers.put(container.name(), container);
    }
    if (containers.isEmpty()) {
      throw new IllegalArgumentException("--compose " + project + ": no container of it runs");
    }
    this.topology = new ContainerTopology(project, List.copyOf(containers.keySet()));
    this.entry = entry;
    this.database = database;
    this.logs = logs;
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    for (String process : topology.processes()) {
      if (!isReady(process)) {
        throw new IOException(process + " is not ready");
      }
    }
    long strangers = sessions();
    if (strangers > 0) {
      throw new IOException(
          "somebody is connected already (%d sessions); nobody else may use it meanwhile"
              .formatted(strangers));
    }
  }

  /// Keeps the logs, and leaves the containers to whoever started them.
  @Override
  public synchronized void stop() throws IOException, InterruptedException {
    if (stopped) {
      return;
    }
    stopped = true;
    Files.createDirectories(logs);
    for (Container container : containers.values()) {
      Path file = logs.resolve(container.name() + ".log");
      docker.runInto(file, "logs", "--timestamps", "--since", began.toString(), container.id());
    }
  }

  @Override
  public URI entry() {
    return entry;
  }

  @Override
  public String database() {
    return database;
  }

  @Override
  public boolean isReady(String process) throws IOException, InterruptedException {
    return docker
        .inspect(
            container(process),
            "{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}healthy{{end}}")
        .equals("running healthy");
  }

  /// The engine takes `docker kill` for a wish, and would not start it again. So a container of its
  /// own that sees the engine's processes sends the signal: this program may be another user, or on
  /// another machine.
  @Override
  public long kill(String process) throws IOException, InterruptedException {
    Container container = container(process);
    String[] life = docker.inspect(container, "{{.RestartCount}} {{.State.Pid}}").split(" ", -1);
    if (life.length != 2 || life[1].equals("0")) {
      throw new IOException(process + " does not run");
    }
    docker.run(
        "run",
        "--rm",
        "--pid=host",
        "--privileged",
        "--user=0",
        "--network=none",
        "--entrypoint=bash",
        docker.inspect(gateways().getFirst(), "{{.Image}}"),
        "-c",
        "kill -9 " + life[1]);
    return Long.parseLong(life[0]);
  }

  @Override
  public boolean isReadyAgain(String process, long killed)
      throws IOException, InterruptedException {
    long life = Long.parseLong(docker.inspect(container(process), "{{.RestartCount}}"));
    return life > killed && isReady(process);
  }

  /// Each question starts a process.
  @Override
  public Duration pace() {
    return PACE;
  }

  /// Brokers tell everybody their names inside, so Kafka's own tool is run there.
  @Override
  public List<Rest.Lag> lags() throws IOException, InterruptedException {
    List<Container> brokers = of(Topology.KAFKA);
    String table =
        docker.run(
            "exec",
            "-e",
            "KAFKA_HEAP_OPTS=-Xmx96m",
            brokers.getFirst().id(),
            "/opt/kafka/bin/kafka-consumer-groups.sh",
            "--bootstrap-server",
            brokers.stream()
                .map(broker -> broker.service() + ":9092")
                .collect(Collectors.joining(",")),
            "--describe",
            "--all-groups");
    Map<String, Long> waiting = GroupTable.lags(table);
    List<Rest.Lag> lags = new ArrayList<>();
    for (String group : Groups.ALL) {
      Long lag = waiting.get(group);
      if (lag == null) {
        throw new IOException("Kafka says nothing of the group " + group);
      }
      lags.add(new Rest.Lag("consumer group " + group, lag));
    }
    return lags;
  }

  /// The engine counts restarts, and does not say which of them were those of kills.
  @Override
  public List<String> crashes() {
    return List.of();
  }

  /// Containers have limits of their own; these are what counts.
  @Override
  public void begin() {}

  @Override
  public List<Rest.Memory> memories() throws IOException, InterruptedException {
    Map<String, MemoryUse> uses = docker.memory(containers.values());
    List<Rest.Memory> memories = new ArrayList<>();
    for (Container container : containers.values()) {
      MemoryUse use =
          Optional.ofNullable(uses.get(container.id()))
              .orElseThrow(() -> new IOException(container.name() + " has no memory"));
      memories.add(new Rest.Memory(container.name(), use.bytes(), (long) (FULL * use.limit())));
    }
    return memories;
  }

  @Override
  public long sessions() throws IOException, InterruptedException {
    long all = 0;
    for (Container gateway : gateways()) {
      all +=
          SessionCount.in(
              docker.run(
                  "exec",
                  gateway.id(),
                  "bash",
                  "-c",
                  "exec 3<>/dev/tcp/127.0.0.1/9000;"
                      + " printf 'GET /q/metrics HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3"));
    }
    return all;
  }

  private List<Container> gateways() throws IOException {
    return of(Topology.GATEWAY_SERVICE);
  }

  private List<Container> of(String kind) throws IOException {
    List<Container> found = topology.all(kind).stream().map(this::container).toList();
    if (found.isEmpty()) {
      throw new IOException("no " + kind + " runs");
    }
    return found;
  }

  private Container container(String process) {
    return Optional.ofNullable(containers.get(process))
        .orElseThrow(() -> new IllegalArgumentException(process));
  }
}
