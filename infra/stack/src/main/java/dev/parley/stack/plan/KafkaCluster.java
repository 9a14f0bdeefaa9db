package dev.parley.stack.plan;

import dev.parley.servers.KafkaBroker;
import dev.parley.servers.KafkaNode;
import dev.parley.servers.Repository;
import dev.parley.stack.plan.PlannedServer.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The brokers of a stack.
///
/// @param bootstrapServers as clients are told
record KafkaCluster(List<PlannedServer> servers, String bootstrapServers) {

  /// Besides properties of the broker, `--set kafka-1.…` knows `port`, `peer-port` and
  /// `controller-port` (where it listens) and `client-address`, `peer-address` and
  /// `controller-address` (what others are told).
  static KafkaCluster plan(
      Repository repository, Path store, String cluster, int brokers, Settings settings)
      throws IOException {
    checkNumber(store, brokers);
    Map<Integer, Map<String, String>> own = new HashMap<>();
    List<KafkaNode> nodes =
        IntStream.rangeClosed(1, brokers)
            .mapToObj(id -> node(id, own.computeIfAbsent(id, n -> settings.of("kafka-" + n))))
            .toList();
    List<PlannedServer> servers =
        nodes.stream()
            .map(node ->
                new PlannedServer(
                    new KafkaBroker(
                        repository,
                        store.resolve("kafka-" + node.id()),
                        cluster,
                        node,
                        nodes,
                        own.getOrDefault(node.id(), Map.of())),
                    Tier.INFRASTRUCTURE,
                    node.clientPort()))
            .toList();
    return new KafkaCluster(
        servers, nodes.stream().map(KafkaNode::clientAddress).collect(Collectors.joining(",")));
  }

  private static KafkaNode node(int id, Map<String, String> settings) {
    int client = Settings.port(settings, "port");
    int peer = Settings.port(settings, "peer-port");
    int controller = Settings.port(settings, "controller-port");
    return new KafkaNode(
        id,
        client,
        peer,
        controller,
        address(settings, "client-address", client),
        address(settings, "peer-address", peer),
        address(settings, "controller-address", controller));
  }

  private static String address(Map<String, String> settings, String key, int port) {
    String value = settings.remove(key);
    return value == null ? "127.0.0.1:" + port : value;
  }

  /// Brokers of existing data cannot be added or left out by starting more or fewer.
  private static void checkNumber(Path store, int brokers) throws IOException {
    long found = 0;
    while (Files.exists(store.resolve("kafka-" + (found + 1)))) {
      found++;
    }
    if (found != 0 && found != brokers) {
      throw new IOException(
          "the data in %s was made with --brokers %d, not %d; use another --data, or --fresh"
              .formatted(store, found, brokers));
    }
  }
}
