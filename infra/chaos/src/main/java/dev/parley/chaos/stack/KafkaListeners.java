package dev.parley.chaos.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The listeners of one broker: the usual three, and one for each client.
final class KafkaListeners {
  private final int client;
  private final int peer;
  private final int controller;
  private final List<Listener> more = new ArrayList<>();

  private record Listener(String name, int port, String advertised) {}

  KafkaListeners(int client, int peer, int controller) {
    this.client = client;
    this.peer = peer;
    this.controller = controller;
  }

  void add(String process, int port, String advertised) {
    String name = process.toUpperCase(Locale.ROOT).replace('-', '_');
    more.add(new Listener(name, port, advertised));
  }

  /// Entries of `server.properties`, and the ports as the stack wants to know them.
  Map<String, String> settings() {
    List<Listener> all =
        Stream.concat(Stream.of(usual("CLIENT", client), usual("PEER", peer)), more.stream())
            .toList();
    String listeners =
        Stream.concat(all.stream(), Stream.of(usual("CONTROLLER", controller)))
            .map(each -> each.name() + "://127.0.0.1:" + each.port())
            .collect(Collectors.joining(","));
    String protocols =
        Stream.concat(all.stream().map(Listener::name), Stream.of("CONTROLLER"))
            .map(name -> name + ":PLAINTEXT")
            .collect(Collectors.joining(","));
    String advertised =
        Stream.concat(all.stream(), Stream.of(usual("CONTROLLER", controller)))
            .map(each -> each.name() + "://" + each.advertised())
            .collect(Collectors.joining(","));
    return Map.of(
        "peer-port",
        Integer.toString(peer),
        "controller-port",
        Integer.toString(controller),
        "listeners",
        listeners,
        "listener.security.protocol.map",
        protocols,
        "advertised.listeners",
        advertised,
        // For each listener.
        "num.network.threads",
        "1");
  }

  private static Listener usual(String name, int port) {
    return new Listener(name, port, "127.0.0.1:" + port);
  }
}
