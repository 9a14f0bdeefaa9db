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

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// What one resource says of another is so: selectors find pods, ports exist, names lead somewhere.
final class References {
  private References() {}

  static void check(Manifests manifests, Consumer<String> problem) {
    Set<String> titles = new HashSet<>();
    for (JsonObject resource : manifests.resources()) {
      if (!titles.add(title(resource))) {
        problem.accept(title(resource) + " is there twice");
      }
    }
    manifests.of("Deployment").forEach(d -> deployment(manifests, d, problem));
    manifests.of("Service").forEach(s -> service(manifests, s, problem));
    manifests.of("PodDisruptionBudget").forEach(b -> budget(manifests, b, problem));
    manifests.of("HorizontalPodAutoscaler").forEach(a -> autoscaler(manifests, a, problem));
    manifests.of("Ingress").forEach(i -> ingress(manifests, i, problem));
    manifests.of("NetworkPolicy").forEach(p -> policy(manifests, p, problem));
  }

  private static void deployment(Manifests all, JsonObject deployment, Consumer<String> problem) {
    if (!selects(object(deployment, "/spec/selector/matchLabels"), podLabels(deployment))) {
      problem.accept(title(deployment) + " does not select its own pods");
    }
    for (JsonObject spread : objects(deployment, "/spec/template/spec/topologySpreadConstraints")) {
      if (!selects(object(spread, "/labelSelector/matchLabels"), podLabels(deployment))) {
        problem.accept(title(deployment) + " spreads pods that are not its own");
      }
    }
    for (JsonObject source : objects(container(deployment), "/envFrom")) {
      String map = object(source, "/configMapRef").getString("name", "");
      if (all.find("ConfigMap", map).isEmpty()) {
        problem.accept(title(deployment) + " takes its environment from no ConfigMap: " + map);
      }
    }
    Set<String> volumes = names(objects(deployment, "/spec/template/spec/volumes"));
    for (JsonObject mount : objects(container(deployment), "/volumeMounts")) {
      if (!volumes.contains(mount.getString("name"))) {
        problem.accept(title(deployment) + " mounts no volume: " + mount.getString("name"));
      }
    }
    Set<String> variables = new HashSet<>();
    for (JsonObject variable : objects(container(deployment), "/env")) {
      if (!variables.add(variable.getString("name"))) {
        problem.accept(title(deployment) + " sets twice " + variable.getString("name"));
      }
    }
    if (all.find("PodDisruptionBudget", name(deployment)).isEmpty()) {
      problem.accept(title(deployment) + " has no PodDisruptionBudget");
    }
  }

  private static void service(Manifests all, JsonObject service, Consumer<String> problem) {
    List<JsonObject> behind = all.deployments(object(service, "/spec/selector"));
    if (behind.size() != 1) {
      problem.accept(title(service) + " selects the pods of " + behind.size() + " deployments");
      return;
    }
    List<JsonObject> ports = objects(container(behind.getFirst()), "/ports");
    for (JsonObject port : objects(service, "/spec/ports")) {
      JsonValue target = port.get("targetPort");
      if (ports.stream()
          .noneMatch(p -> p.get("name").equals(target) || p.get("containerPort").equals(target))) {
        problem.accept(title(service) + " leads to no port of its pods: " + target);
      }
    }
  }

  private static void budget(Manifests all, JsonObject budget, Consumer<String> problem) {
    if (all.deployments(object(budget, "/spec/selector/matchLabels")).size() != 1) {
      problem.accept(title(budget) + " is not for the pods of one deployment");
    }
  }

  private static void autoscaler(Manifests all, JsonObject autoscaler, Consumer<String> problem) {
    String target = object(autoscaler, "/spec/scaleTargetRef").getString("name");
    all.find("Deployment", target)
        .ifPresentOrElse(
            deployment -> {
              if (!JsonValue.NULL.equals(at(deployment, "/spec/replicas"))) {
                problem.accept(title(deployment) + " has replicas and an autoscaler");
              }
            },
            () -> problem.accept(title(autoscaler) + " scales nothing: " + target));
  }

  private static void ingress(Manifests all, JsonObject ingress, Consumer<String> problem) {
    for (JsonObject rule : objects(ingress, "/spec/rules")) {
      for (JsonObject path : objects(rule, "/http/paths")) {
        JsonObject backend = object(path, "/backend/service");
        boolean found =
            all.find("Service", backend.getString("name")).stream()
                .flatMap(service -> objects(service, "/spec/ports").stream())
                .anyMatch(port -> port.get("name").equals(at(backend, "/port/name")));
        if (!found) {
          problem.accept(title(ingress) + " leads nowhere: " + backend);
        }
      }
    }
  }

  private static void policy(Manifests all, JsonObject policy, Consumer<String> problem) {
    JsonObject labels = object(policy, "/spec/podSelector/matchLabels");
    if (all.deployments(labels).isEmpty()) {
      problem.accept(title(policy) + " is for no pod");
    }
    for (JsonObject expression : objects(policy, "/spec/podSelector/matchExpressions")) {
      array(expression, "/values").forEach(value -> named(all, policy, value, problem));
    }
  }

  private static void named(
      Manifests all, JsonObject policy, JsonValue name, Consumer<String> problem) {
    if (all.of("Deployment").stream()
        .noneMatch(d -> name.equals(podLabels(d).get("app.kubernetes.io/name")))) {
      problem.accept(title(policy) + " is for no pod: " + name);
    }
  }

  private static Set<String> names(List<JsonObject> objects) {
    Set<String> names = new HashSet<>();
    objects.forEach(object -> names.add(object.getString("name")));
    return names;
  }
}
