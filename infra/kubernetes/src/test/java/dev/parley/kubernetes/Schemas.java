package dev.parley.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/// Every resource has the form that Kubernetes says: no field that it does not know, none missing
/// that it needs, each of its type. The models of Kubernetes' own Java client are made of its
/// OpenAPI schemas and bring the check along.
final class Schemas {
  private interface Schema {
    void validate(JsonElement resource) throws IOException;
  }

  private static final Map<String, Schema> BY_KIND =
      Map.of(
          "apps/v1 Deployment", V1Deployment::validateJsonElement,
          "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement,
          "networking.k8s.io/v1 Ingress", V1Ingress::validateJsonElement,
          "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement,
          "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "v1 ConfigMap", V1ConfigMap::validateJsonElement,
          "v1 Namespace", V1Namespace::validateJsonElement,
          "v1 Service", V1Service::validateJsonElement);

  private Schemas() {}

  static void check(Manifests manifests, Consumer<String> problem) {
    for (JsonObject resource : manifests.resources()) {
      String kind = resource.getString("apiVersion") + " " + resource.getString("kind");
      Schema schema = BY_KIND.get(kind);
      if (schema == null) {
        problem.accept("there is no schema for " + kind);
        continue;
      }
      try {
        schema.validate(JsonParser.parseString(resource.toString()));
      } catch (IOException | RuntimeException e) {
        problem.accept(Manifests.title(resource) + ": " + e.getMessage());
      }
    }
  }
}
