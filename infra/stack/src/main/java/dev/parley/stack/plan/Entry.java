package dev.parley.stack.plan;

import dev.parley.servers.KafkaBroker;
import dev.parley.servers.Ports;
import dev.parley.servers.Repository;
import dev.parley.servers.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// The load balancer, and the file of routes that it reads again whenever it changes.
public final class Entry implements Server {
  private final Path target;
  private final List<String> flags;
  private final Path file;
  private final int managementPort = Ports.free();
  private final Map<String, String> fixed;
  private final Map<String, String> settings;
  private List<String> gateways = List.of();

  /// Chooses its management port.
  ///
  /// @param fixed the routes that stay as they are
  /// @param settings from `--set`; go before everything else
  Entry(Repository repository, Path run, Map<String, String> fixed, Map<String, String> settings) {
    this.target = repository.root().resolve("infra/load-balancer/target");
    this.flags = JvmFlags.ENTRY.flags(repository);
    this.file = run.resolve("routes.properties");
    this.fixed = Map.copyOf(fixed);
    this.settings = new TreeMap<>(settings);
  }

  /// Tells the load balancer, running or not, which gateways there are, as `host:port`.
  public synchronized void route(List<String> gateways) throws IOException {
    this.gateways = List.copyOf(gateways);
    prepare();
  }

  @Override
  public String name() {
    return "load-balancer";
  }

  @Override
  public synchronized void prepare() throws IOException {
    Properties routes = new Properties();
    routes.setProperty("management", "127.0.0.1:" + managementPort);
    routes.putAll(fixed);
    routes.setProperty("gateways", String.join(",", gateways));
    routes.putAll(settings);
    routes.remove(KafkaBroker.JAVA_OPTIONS);
    Path partial = file.resolveSibling("routes.partial");
    try (var out = Files.newBufferedWriter(partial)) {
      routes.store(out, null);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Repository.java());
    command.addAll(flags);
    String more = settings.get(KafkaBroker.JAVA_OPTIONS);
    if (more != null) {
      command.addAll(List.of(more.trim().split(" +")));
    }
    command.add("-cp");
    command.add(target.resolve("parley-load-balancer.jar") + ":" + target.resolve("lib") + "/*");
    command.add("dev.parley.loadbalancer.LoadBalancer");
    command.add("--routes");
    command.add(file.toString());
    return command;
  }

  @Override
  public boolean ready() {
    return Health.ready(managementPort);
  }
}
