package dev.parley.kubernetes;

import static dev.parley.kubernetes.Manifests.array;
import static dev.parley.kubernetes.Manifests.at;
import static dev.parley.kubernetes.Manifests.container;
import static dev.parley.kubernetes.Manifests.name;
import static dev.parley.kubernetes.Manifests.object;
import static dev.parley.kubernetes.Manifests.objects;
import static dev.parley.kubernetes.Manifests.podLabels;
import static dev.parley.kubernetes.Manifests.selects;
import static dev.parley.kubernetes.Manifests.title;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.Reader;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Nothing is open that nobody needs: pods reach the stores that they use and no other, and who
/// reaches the port of clients does not reach the management port.
final class Network {
  private static final int MANAGEMENT = 9000;
  private static final Map<String, Set<String>> STORES =
      Map.of(
          "auth-service", Set.of("to-kafka", "to-postgres"),
          "gateway-service", Set.of("to-kafka", "to-redis"),
          "message-service", Set.of("to-kafka", "to-postgres", "to-redis"),
          "presence-service", Set.of("to-kafka", "to-redis"));
  private static final Map<String, String> ADDRESSES =
      Map.of(
          "to-kafka", "KAFKA_BOOTSTRAP_SERVERS",
          "to-postgres", "QUARKUS_DATASOURCE_JDBC_URL",
          "to-redis", "QUARKUS_REDIS_HOSTS");
  private static final Pattern PORT = Pattern.compile(":(\\d+)");

  private Network() {}

  static void check(Manifests manifests, Consumer<String> problem) {
    if (manifests.of("NetworkPolicy").stream().noneMatch(Network::deniesAll)) {
      problem.accept("no NetworkPolicy denies by default");
    }
    Set<JsonValue> clients = new HashSet<>();
    Set<JsonValue> watchers = new HashSet<>();
    for (JsonObject policy : manifests.of("NetworkPolicy")) {
      rules(policy, "ingress", "from", problem);
      rules(policy, "egress", "to", problem);
      for (JsonObject rule : objects(policy, "/spec/ingress")) {
        for (JsonObject port : objects(rule, "/ports")) {
          (number(port) == MANAGEMENT ? watchers : clients).addAll(array(rule, "/from"));
        }
      }
    }
    watchers.retainAll(clients);
    if (!watchers.isEmpty()) {
      problem.accept("the management port is open to those who bring clients: " + watchers);
    }
    manifests.of("Deployment").forEach(d -> stores(manifests, d, problem));
    ADDRESSES.forEach((policy, variable) -> ports(manifests, policy, variable, problem));
  }

  private static boolean deniesAll(JsonObject policy) {
    return object(policy, "/spec")
        .equals(
            Json.createReader(
                    Reader.of("{\"podSelector\":{},\"policyTypes\":[\"Ingress\",\"Egress\"]}"))
                .readObject());
  }

  private static void rules(
      JsonObject policy, String direction, String peers, Consumer<String> problem) {
    for (JsonObject rule : objects(policy, "/spec/" + direction)) {
      if (array(rule, "/" + peers).isEmpty() || array(rule, "/ports").isEmpty()) {
        problem.accept(title(policy) + " opens everything: " + rule);
      }
    }
  }

  private static void stores(Manifests manifests, JsonObject deployment, Consumer<String> problem) {
    Set<String> reached = new TreeSet<>();
    for (JsonObject policy : manifests.of("NetworkPolicy")) {
      JsonObject labels = object(policy, "/spec/podSelector/matchLabels");
      if (ADDRESSES.containsKey(name(policy)) && selects(labels, podLabels(deployment))) {
        reached.add(name(policy));
      }
    }
    Set<String> wanted = STORES.getOrDefault(name(deployment), Set.of());
    if (!reached.equals(wanted)) {
      problem.accept(
          "%s reaches %s and uses %s".formatted(title(deployment), reached, new TreeSet<>(wanted)));
    }
  }

  private static void ports(
      Manifests manifests, String policy, String variable, Consumer<String> problem) {
    Set<Integer> open = new TreeSet<>();
    manifests.find("NetworkPolicy", policy).stream()
        .flatMap(p -> objects(p, "/spec/egress").stream())
        .flatMap(rule -> objects(rule, "/ports").stream())
        .forEach(port -> open.add(number(port)));
    Set<Integer> used = new TreeSet<>();
    values(manifests, variable)
        .forEach(value -> {
          PORT.matcher(value).results().forEach(m -> used.add(Integer.valueOf(m.group(1))));
        });
    if (!open.equals(used)) {
      problem.accept(
          "NetworkPolicy %s opens ports %s and %s says %s".formatted(policy, open, variable, used));
    }
  }

  private static Stream<String> values(Manifests manifests, String variable) {
    Stream<JsonValue> common =
        manifests.of("ConfigMap").stream().map(map -> at(map, "/data/" + variable));
    Stream<JsonValue> own =
        manifests.of("Deployment").stream()
            .flatMap(d -> objects(container(d), "/env").stream())
            .filter(env -> env.getString("name").equals(variable))
            .map(env -> env.getOrDefault("value", JsonValue.NULL));
    return Stream.concat(common, own)
        .filter(JsonString.class::isInstance)
        .map(value -> ((JsonString) value).getString());
  }

  private static int number(JsonObject port) {
    return port.get("port") instanceof JsonNumber number ? number.intValueExact() : 0;
  }
}
