package dev.parley.kubernetes;

import static dev.parley.kubernetes.Manifests.at;
import static dev.parley.kubernetes.Manifests.container;
import static dev.parley.kubernetes.Manifests.name;
import static dev.parley.kubernetes.Manifests.objects;
import static dev.parley.kubernetes.Manifests.pod;
import static dev.parley.kubernetes.Manifests.title;

import dev.parley.contracts.Topics;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// How pods run: with no right that they do not need, probed, bounded, with the time to stop that
/// the code takes, and never more of them than share the work.
final class Pods {
  /// The longest that a gateway lets its sessions go (`Drain`).
  private static final int LONGEST_DRAIN = 30;

  /// What Quarkus and the clients of the stores need after that.
  private static final int CLOSING = 10;

  /// What `parley.kafka.patience` lets a start wait for Kafka, in seconds.
  private static final int PATIENCE = 120;

  private static final Map<String, String> POD =
      Map.of(
          "/automountServiceAccountToken", "false",
          "/enableServiceLinks", "false",
          "/securityContext/runAsNonRoot", "true",
          "/securityContext/runAsUser", "10001",
          "/securityContext/seccompProfile/type", "\"RuntimeDefault\"");
  private static final Map<String, String> CONTAINER =
      Map.of(
          "/securityContext/allowPrivilegeEscalation", "false",
          "/securityContext/readOnlyRootFilesystem", "true",
          "/securityContext/capabilities/drop", "[\"ALL\"]",
          "/startupProbe/httpGet", "{\"path\":\"/q/health/started\",\"port\":\"management\"}",
          "/readinessProbe/httpGet", "{\"path\":\"/q/health/ready\",\"port\":\"management\"}",
          "/livenessProbe/httpGet", "{\"path\":\"/q/health/live\",\"port\":\"management\"}");
  private static final List<String> RESOURCES =
      List.of(
          "/resources/requests/cpu",
          "/resources/requests/memory",
          "/resources/limits/cpu",
          "/resources/limits/memory");

  private Pods() {}

  static void check(Manifests manifests, Consumer<String> problem) {
    for (JsonObject deployment : manifests.of("Deployment")) {
      if (objects(pod(deployment), "/containers").size() != 1) {
        problem.accept(title(deployment) + " has more than one container; the rules are for one");
      }
      expect(deployment, pod(deployment), POD, problem);
      expect(deployment, container(deployment), CONTAINER, problem);
      for (String resource : RESOURCES) {
        if (JsonValue.NULL.equals(at(container(deployment), resource))) {
          problem.accept(title(deployment) + " has no " + resource);
        }
      }
      times(deployment, problem);
    }
    numbers(manifests, problem);
  }

  private static void expect(
      JsonObject deployment, JsonObject in, Map<String, String> rules, Consumer<String> problem) {
    rules.forEach((pointer, value) -> {
      String found = at(in, pointer).toString();
      if (!found.equals(value)) {
        problem.accept(
            "%s has %s %s instead of %s".formatted(title(deployment), pointer, found, value));
      }
    });
  }

  private static void times(JsonObject deployment, Consumer<String> problem) {
    int before = number(at(container(deployment), "/lifecycle/preStop/sleep/seconds"));
    int drain = name(deployment).equals("gateway-service") ? LONGEST_DRAIN : 0;
    int grace = number(at(pod(deployment), "/terminationGracePeriodSeconds"));
    if (before < 1) {
      problem.accept(title(deployment) + " stops before endpoints are told");
    }
    if (grace < before + drain + CLOSING) {
      problem.accept(
          "%s is killed after %d s and may need %d"
              .formatted(title(deployment), grace, before + drain + CLOSING));
    }
    int start =
        number(at(container(deployment), "/startupProbe/periodSeconds"))
            * number(at(container(deployment), "/startupProbe/failureThreshold"));
    if (start <= PATIENCE) {
      problem.accept(title(deployment) + " is killed while it waits for Kafka: " + start + " s");
    }
  }

  private static void numbers(Manifests manifests, Consumer<String> problem) {
    manifests
        .find("HorizontalPodAutoscaler", "gateway-service")
        .ifPresent(autoscaler ->
            most(
                "gateways",
                number(at(autoscaler, "/spec/maxReplicas")) + 1,
                Topics.SLOTS,
                problem));
    String partitions =
        manifests.of("ConfigMap").stream()
            .map(map -> at(map, "/data/PARLEY_KAFKA_COMMAND_PARTITIONS"))
            .filter(JsonString.class::isInstance)
            .map(value -> ((JsonString) value).getString())
            .findFirst()
            .orElse(Integer.toString(Topics.COMMAND_PARTITIONS));
    replicas(manifests, "message-service", Integer.parseInt(partitions), problem);
    replicas(manifests, "presence-service", Topics.SESSION_PARTITIONS, problem);
  }

  private static void replicas(
      Manifests manifests, String name, int most, Consumer<String> problem) {
    manifests
        .find("Deployment", name)
        .ifPresent(d -> most(name, number(at(d, "/spec/replicas")), most, problem));
  }

  private static void most(String of, int number, int most, Consumer<String> problem) {
    if (number > most) {
      problem.accept("%d of %s, and only %d have work".formatted(number, of, most));
    }
  }

  private static int number(JsonValue value) {
    return value instanceof JsonNumber number ? number.intValueExact() : 0;
  }
}
