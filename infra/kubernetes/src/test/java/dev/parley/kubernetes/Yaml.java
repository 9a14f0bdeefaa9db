package dev.parley.kubernetes;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;

/// YAML files as JSON. A key that stands twice is an error.
final class Yaml {
  private Yaml() {}

  static JsonObject only(Path file) {
    return read(file, yaml -> object(yaml.load(reader(file))));
  }

  static JsonArray array(Path file) {
    return read(
        file, yaml -> Json.createArrayBuilder((Collection<?>) yaml.load(reader(file))).build());
  }

  static List<JsonObject> all(Path file) {
    return read(
        file,
        yaml -> {
          List<JsonObject> documents = new ArrayList<>();
          yaml.loadAll(reader(file)).forEach(document -> documents.add(object(document)));
          return documents;
        });
  }

  // The map's keys are strings in every file of ours.
  @SuppressWarnings("unchecked")
  private static JsonObject object(Object loaded) {
    return Json.createObjectBuilder((Map<String, Object>) loaded).build();
  }

  private static <T> T read(Path file, Function<org.yaml.snakeyaml.Yaml, T> use) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      return use.apply(new org.yaml.snakeyaml.Yaml(options));
    } catch (RuntimeException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  private static Reader reader(Path file) {
    try {
      return Reader.of(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
