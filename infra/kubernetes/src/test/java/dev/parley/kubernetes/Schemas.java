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
  private interface Form {
    void validate(JsonElement resource) throws IOException;
  }

  private record Schema(Class<?> model, Form form) {}

  private static final Map<String, Schema> BY_KIND =
      Map.of(
          "apps/v1 Deployment",
          new Schema(V1Deployment.class, V1Deployment::validateJsonElement),
          "autoscaling/v2 HorizontalPodAutoscaler",
          new Schema(
              V2HorizontalPodAutoscaler.class, V2HorizontalPodAutoscaler::validateJsonElement),
          "networking.k8s.io/v1 Ingress",
          new Schema(V1Ingress.class, V1Ingress::validateJsonElement),
          "networking.k8s.io/v1 NetworkPolicy",
          new Schema(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement),
          "policy/v1 PodDisruptionBudget",
          new Schema(V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement),
          "v1 ConfigMap",
          new Schema(V1ConfigMap.class, V1ConfigMap::validateJsonElement),
          "v1 Namespace",
          new Schema(V1Namespace.class, V1Namespace::validateJsonElement),
          "v1 Service",
          new Schema(V1Service.class, V1Service::validateJsonElement));

  private Schemas() {}

  static void check(Manifests manifests, Consumer<String> problem) {
    for (JsonObject resource : manifests.resources()) {
      String kind = resource.getString("apiVersion") + " " + resource.getString("kind");
      Schema schema = BY_KIND.get(kind);
      if (schema == null) {
        problem.accept("there is no schema for " + kind);
        continue;
      }
      JsonElement json = JsonParser.parseString(resource.toString());
      Values.check(schema.model(), json, Manifests.title(resource) + ": ", problem);
      try {
        schema.form().validate(json);
      } catch (IOException | RuntimeException e) {
        problem.accept(Manifests.title(resource) + ": " + e.getMessage());
      }
    }
  }
}
