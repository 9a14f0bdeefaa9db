package dev.parley.kubernetes;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Renders a directory with a `kustomization.yaml` as far as ours need it: resources, ConfigMaps
/// made of files, namespace, images and JSON patches. A field that it does not know is refused, so
/// that what is checked is what is rendered; [KustomizeTest] holds it against the real one.
final class Kustomization {
  private static final Set<String> KNOWN =
      Set.of(
          "apiVersion",
          "kind",
          "namespace",
          "resources",
          "configMapGenerator",
          "images",
          "patches");

  private final Path directory;
  private final JsonObject file;
  private final List<JsonObject> resources = new ArrayList<>();
  private final Set<Path> used = new HashSet<>();

  private Kustomization(Path directory) {
    this.directory = directory;
    this.file = Yaml.only(directory.resolve("kustomization.yaml"));
    for (String field : file.keySet()) {
      require(KNOWN.contains(field), "field " + field + " is not known to this test");
    }
  }

  /// All resources of the installation that `directory` describes.
  ///
  /// @throws IllegalStateException if a reference leads nowhere or a file is used by nothing
  static Manifests render(Path directory) {
    return new Manifests(new Kustomization(directory).render());
  }

  private List<JsonObject> render() {
    strings("resources").forEach(this::resource);
    objects("configMapGenerator").forEach(this::configMap);
    objects("patches").forEach(this::patch);
    objects("images").forEach(this::image);
    resources.replaceAll(this::inNamespace);
    everyFileIsUsed();
    return resources;
  }

  private void resource(String path) {
    Path target = directory.resolve(path).normalize();
    require(Files.exists(target), "resource " + path + " does not exist");
    if (Files.isDirectory(target)) {
      resources.addAll(new Kustomization(target).render());
    } else {
      used.add(target);
      resources.addAll(Yaml.all(target));
    }
  }

  private void configMap(JsonObject generator) {
    String name = generator.getString("name");
    JsonObjectBuilder data = Json.createObjectBuilder();
    if (generator.getString("behavior", "create").equals("merge")) {
      int before = indexOf("ConfigMap", name);
      require(before >= 0, "there is no ConfigMap " + name + " to merge with");
      resources.remove(before).getJsonObject("data").forEach(data::add);
    }
    for (JsonString env : generator.getJsonArray("envs").getValuesAs(JsonString.class)) {
      Path path = directory.resolve(env.getString());
      used.add(path);
      for (String line : lines(path)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] pair = line.split("=", 2);
          require(pair.length == 2, path + " has a line without =: " + line);
          data.add(pair[0], pair[1]);
        }
      }
    }
    resources.add(
        Json.createObjectBuilder()
            .add("apiVersion", "v1")
            .add("kind", "ConfigMap")
            .add("metadata", Json.createObjectBuilder().add("name", name))
            .add("data", data)
            .build());
  }

  private void patch(JsonObject patch) {
    String path = patch.getString("path");
    JsonObject target = patch.getJsonObject("target");
    used.add(directory.resolve(path));
    require(Files.exists(directory.resolve(path)), "patch " + path + " does not exist");
    JsonArray operations = Yaml.array(directory.resolve(path));
    boolean found = false;
    for (int i = 0; i < resources.size(); i++) {
      JsonObject resource = resources.get(i);
      if (resource.getString("kind").equals(target.getString("kind"))
          && Manifests.name(resource).matches(target.getString("name", ".*"))) {
        resources.set(i, Json.createPatch(operations).apply(resource));
        found = true;
      }
    }
    require(found, "patch " + path + " has no target: " + target);
  }

  private void image(JsonObject image) {
    String name = image.getString("name");
    String replaced = image.getString("newName", name) + ":" + image.getString("newTag");
    boolean found = false;
    for (int i = 0; i < resources.size(); i++) {
      var pointer = Json.createPointer("/spec/template/spec/containers/0/image");
      JsonObject resource = resources.get(i);
      if (resource.getString("kind").equals("Deployment")
          && pointer.getValue(resource).equals(Json.createValue(name))) {
        resources.set(i, pointer.replace(resource, Json.createValue(replaced)));
        found = true;
      }
    }
    require(found, "nothing runs image " + name);
  }

  private JsonObject inNamespace(JsonObject resource) {
    if (!file.containsKey("namespace") || resource.getString("kind").equals("Namespace")) {
      return resource;
    }
    return Json.createPointer("/metadata/namespace").add(resource, file.get("namespace"));
  }

  private void everyFileIsUsed() {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .filter(Files::isRegularFile)
          .filter(path -> !path.endsWith("kustomization.yaml"))
          .forEach(path -> require(used.contains(path), path + " is used by nothing"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int indexOf(String kind, String name) {
    for (int i = 0; i < resources.size(); i++) {
      JsonObject resource = resources.get(i);
      if (resource.getString("kind").equals(kind) && Manifests.name(resource).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private List<String> strings(String field) {
    return array(field).getValuesAs(JsonString::getString);
  }

  private List<JsonObject> objects(String field) {
    return array(field).getValuesAs(JsonObject.class);
  }

  private JsonArray array(String field) {
    return file.containsKey(field) ? file.getJsonArray(field) : JsonValue.EMPTY_JSON_ARRAY;
  }

  private static List<String> lines(Path path) {
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalStateException(directory + ": " + problem);
    }
  }
}
