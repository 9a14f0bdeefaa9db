package dev.parley.chaos.stack;

import dev.parley.chaos.proxy.Condition;
import dev.parley.chaos.proxy.ProxiedLink;
import dev.parley.chaos.schedule.ProcessTopology;
import dev.parley.chaos.schedule.Topology;
import dev.parley.servers.Ports;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Ports, proxies and the settings that lead every link through its proxy. A link of the [Topology]
/// is one proxy for each process at its end.
final class Wiring implements AutoCloseable {
  private final ProcessTopology topology;
  private final EventLoopGroup loops;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Map<String, List<ProxiedLink>> proxies = new LinkedHashMap<>();
  private final List<String> settings = new ArrayList<>();

  /// The proxies listen from now on.
  Wiring(ProcessTopology topology, EventLoopGroup loops) {
    this.topology = topology;
    this.loops = loops;
    for (String process : topology.processes()) {
      ports.put(process, Ports.free());
      if (!process.equals(Topology.ENTRY)) {
        set(process, "port", port(process));
      }
    }
    for (ProcessTopology.Link link : topology.links()) {
      if (!link.to().equals(Topology.KAFKA)) {
        lead(link);
      }
    }
    set(Topology.ENTRY, "gateways", addresses(Topology.ENTRY, topology.all(Topology.GATEWAY)));
    for (String gateway : topology.all(Topology.GATEWAY)) {
      ports.put(management(gateway), Ports.free());
      set(gateway, "quarkus.management.port", managementPort(gateway));
    }
    leadToKafka();
  }

  /// As `--set` takes them.
  List<String> settings() {
    return List.copyOf(settings);
  }

  /// Where a process serves.
  int port(String process) {
    Integer port = ports.get(process);
    if (port == null) {
      throw new IllegalArgumentException(process);
    }
    return port;
  }

  /// Where a gateway shows its metrics.
  int managementPort(String gateway) {
    return port(management(gateway));
  }

  /// Puts all proxies of a link into this condition.
  void put(String link, Condition condition) {
    List<ProxiedLink> all = proxies.get(link);
    if (all == null) {
      throw new IllegalArgumentException(link);
    }
    for (ProxiedLink proxy : all) {
      proxy.put(condition);
    }
  }

  @Override
  public void close() {
    for (List<ProxiedLink> all : proxies.values()) {
      for (ProxiedLink proxy : all) {
        proxy.close();
      }
    }
  }

  private void lead(ProcessTopology.Link link) {
    List<ProxiedLink> all = new ArrayList<>();
    List<String> targets =
        ports.containsKey(link.to()) ? List.of(link.to()) : topology.all(link.to());
    for (String target : targets) {
      all.add(proxy(link + " " + target, Ports.free(), port(target)));
    }
    proxies.put(link.toString(), all);
    String addresses =
        all.stream().map(each -> "http://" + each.address()).collect(Collectors.joining(","));
    String first = all.getFirst().address();
    String from = link.from();
    switch (link.to()) {
      case Topology.REDIS -> set(from, "quarkus.redis.hosts", "redis://" + first);
      case Topology.POSTGRES ->
          set(
              from,
              "quarkus.datasource.jdbc.url",
              "jdbc:postgresql://" + first + (from.equals(Topology.AUTH) ? "/auth" : "/messages"));
      case Topology.AUTH -> set(from, "parley.auth.url", addresses);
      case Topology.MESSAGES -> set(from, "parley.messages.url", addresses);
      case Topology.PRESENCE -> set(from, "parley.presence.url", addresses);
      default -> {
        // A gateway behind the entry, which is told of all of them at once.
      }
    }
  }

  /// A broker advertises one address for each of its listeners, so every client gets a listener.
  private void leadToKafka() {
    List<String> clients =
        topology.links().stream()
            .filter(link -> link.to().equals(Topology.KAFKA))
            .map(ProcessTopology.Link::from)
            .toList();
    Map<String, List<String>> bootstrap = new LinkedHashMap<>();
    for (String broker : topology.all(Topology.KAFKA)) {
      KafkaListeners listeners = new KafkaListeners(port(broker), Ports.free(), Ports.free());
      for (String client : clients) {
        int port = Ports.free();
        ProxiedLink proxy = proxy(client + "->kafka " + broker, Ports.free(), port);
        listeners.add(client, port, proxy.address());
        proxies
            .computeIfAbsent(client + "->" + Topology.KAFKA, link -> new ArrayList<>())
            .add(proxy);
        bootstrap.computeIfAbsent(client, none -> new ArrayList<>()).add(proxy.address());
      }
      listeners.settings().forEach((key, value) -> set(broker, key, value));
    }
    bootstrap.forEach(
        (client, addresses) -> set(client, "kafka.bootstrap.servers", String.join(",", addresses)));
  }

  private ProxiedLink proxy(String name, int port, int target) {
    return new ProxiedLink(name, port, target, loops);
  }

  private String addresses(String from, List<String> targets) {
    return targets.stream()
        .flatMap(target -> proxies.getOrDefault(from + "->" + target, List.of()).stream())
        .map(ProxiedLink::address)
        .collect(Collectors.joining(","));
  }

  private void set(String process, String key, Object value) {
    settings.add(process + "." + key + "=" + value);
  }

  private static String management(String gateway) {
    return gateway + " management";
  }
}
