package dev.parley.kubernetes;

import dev.parley.settings.Settings;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/// Which environment variables a service listens to: Parley's by its sources, Quarkus' by the
/// models that its extensions ship, those of Kafka's clients by the clients.
final class Variables {
  private static final Pattern AROUND_KEYS = Pattern.compile("(?<=\\*)|(?=\\*)");

  private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";

  /// Of the JVM and of SmallRye Config.
  private static final Set<String> BELOW =
      Set.of(
          "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "SMALLRYE_CONFIG_LOCATIONS", "QUARKUS_PROFILE");

  private final Set<String> names = new HashSet<>(BELOW);
  private final Set<String> atBuild = new HashSet<>();
  private final List<Pattern> patterns = new ArrayList<>();
  private final Set<String> kafka = new HashSet<>();

  private Variables() {}

  static Variables read(Path root) {
    Variables variables = new Variables();
    variables.names.addAll(Settings.read(root).variables());
    variables.kafka.addAll(ProducerConfig.configNames());
    variables.kafka.addAll(ConsumerConfig.configNames());
    variables.kafka.addAll(AdminClientConfig.configNames());
    try {
      for (URL model : Collections.list(loader().getResources(MODEL))) {
        try (JsonReader reader = Json.createReader(model.openStream())) {
          variables.model(reader.readObject());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return variables;
  }

  /// What is wrong with setting `variable`, or null.
  String problem(String variable) {
    if (names.contains(variable)
        || patterns.stream().anyMatch(p -> p.matcher(variable).matches())) {
      return null;
    }
    if (atBuild.contains(variable)) {
      return variable + " is read when a service is built, not when it runs";
    }
    if (variable.startsWith("KAFKA_")
        && kafka.contains(
            variable.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.'))) {
      return null;
    }
    return variable
        + " is no setting of Parley, of Kafka's clients, or of an extension of Quarkus that is"
        + " among the dependencies of infra/kubernetes";
  }

  private void model(JsonValue value) {
    if (value instanceof JsonArray array) {
      array.forEach(this::model);
    } else if (value instanceof JsonObject object) {
      if (object.get("path") instanceof JsonObject path && object.containsKey("phase")) {
        boolean runTime = object.getString("phase").equals("RUN_TIME");
        path(path, runTime);
        if (object.get("additionalPaths") instanceof JsonArray others) {
          others.getValuesAs(JsonObject.class).forEach(other -> path(other, runTime));
        }
      }
      object.values().forEach(this::model);
    }
  }

  // Keys of maps stand in quotes: quarkus.log.category."logging-categories".level
  private void path(JsonObject path, boolean runTime) {
    String property = path.getString("property");
    String variable = path.getString("environmentVariable", "");
    if (!runTime) {
      atBuild.add(variable);
    } else if (property.contains("\"")) {
      StringBuilder regex = new StringBuilder();
      AROUND_KEYS
          .splitAsStream(property.replaceAll("\"[^\"]*\"", "*"))
          .map(part ->
              part.equals("*")
                  ? "_?[A-Z0-9_]+_?"
                  : part.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT))
          .forEach(regex::append);
      patterns.add(Pattern.compile(regex.toString()));
    } else {
      names.add(variable);
    }
  }

  private static ClassLoader loader() {
    return Variables.class.getClassLoader();
  }
}
