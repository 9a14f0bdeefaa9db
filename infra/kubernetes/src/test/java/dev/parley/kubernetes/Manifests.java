package dev.parley.kubernetes;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonPatch;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/// The resources of one installation.
record Manifests(List<JsonObject> resources) {
  static String name(JsonObject resource) {
    return resource.getJsonObject("metadata").getString("name");
  }

  /// How a problem names a resource.
  static String title(JsonObject resource) {
    return resource.getString("kind") + " " + name(resource);
  }

  List<JsonObject> of(String kind) {
    return resources.stream().filter(resource -> resource.getString("kind").equals(kind)).toList();
  }

  Optional<JsonObject> find(String kind, String name) {
    return of(kind).stream().filter(resource -> name(resource).equals(name)).findFirst();
  }

  /// The deployments whose pods `matchLabels` selects.
  List<JsonObject> deployments(JsonObject matchLabels) {
    return of("Deployment").stream().filter(d -> selects(matchLabels, podLabels(d))).toList();
  }

  static JsonObject podLabels(JsonObject deployment) {
    return object(deployment, "/spec/template/metadata/labels");
  }

  static JsonObject pod(JsonObject deployment) {
    return object(deployment, "/spec/template/spec");
  }

  /// The one container of a deployment's pods.
  static JsonObject container(JsonObject deployment) {
    return object(deployment, "/spec/template/spec/containers/0");
  }

  static boolean selects(JsonObject matchLabels, JsonObject labels) {
    return labels.entrySet().containsAll(matchLabels.entrySet());
  }

  /// What stands at a JSON pointer, or JSON's null.
  static JsonValue at(JsonObject from, String pointer) {
    try {
      return Json.createPointer(pointer).getValue(from);
    } catch (JsonException e) {
      return JsonValue.NULL;
    }
  }

  /// The object at a JSON pointer, empty if there is none.
  static JsonObject object(JsonObject from, String pointer) {
    return at(from, pointer) instanceof JsonObject found ? found : JsonValue.EMPTY_JSON_OBJECT;
  }

  /// The array at a JSON pointer, empty if there is none.
  static JsonArray array(JsonObject from, String pointer) {
    return at(from, pointer) instanceof JsonArray found ? found : JsonValue.EMPTY_JSON_ARRAY;
  }

  static List<JsonObject> objects(JsonObject from, String pointer) {
    return array(from, pointer).getValuesAs(JsonObject.class);
  }

  /// These with one of them changed.
  Manifests with(String kind, String name, JsonPatch patch) {
    return new Manifests(
        resources.stream()
            .map(r -> r.getString("kind").equals(kind) && name(r).equals(name) ? patch.apply(r) : r)
            .toList());
  }
}
