package dev.parley.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every environment variable that a manifest or a compose file gives to a service is one that the
/// service listens to.
class VariablesTest {
  private static final Set<String> SERVICES =
      Set.of("auth-service", "gateway-service", "message-service", "presence-service");
  private static final Variables VARIABLES = Variables.read(Installation.ROOT);

  @ParameterizedTest
  @ValueSource(strings = {"base", "production"})
  void manifestsSetWhatExists(String directory) {
    Manifests manifests = Installation.render(directory);
    Set<String> set = new TreeSet<>();
    manifests.of("ConfigMap").forEach(map -> set.addAll(map.getJsonObject("data").keySet()));
    manifests.of("Deployment").stream()
        .flatMap(deployment -> Manifests.objects(Manifests.container(deployment), "/env").stream())
        .forEach(env -> set.add(env.getString("name")));
    assertTrue(set.contains("PARLEY_SERVICE_CREDENTIAL"), set::toString);
    assertEquals(List.of(), problems(set.stream()));
  }

  @Test
  void composeFilesSetWhatExists() throws IOException {
    boolean found = false;
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Installation.ROOT, "docker-compose*.yml")) {
      for (Path file : files) {
        JsonObject services = Manifests.object(Yaml.only(file), "/services");
        for (String name : services.keySet()) {
          if (SERVICES.contains(name)) {
            List<String> set = environment(services.getJsonObject(name));
            found |= set.contains("QUARKUS_HTTP_PORT");
            assertEquals(List.of(), problems(set.stream()), () -> file + ": " + name);
          }
        }
      }
    }
    assertTrue(found, "no compose file says a service's port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PARLEY_SERVICE_CREDENTIAL",
        "PARLEY_GATEWAY_TRANSPORT_DRAIN_NOTICE",
        "QUARKUS_HTTP_PORT",
        "QUARKUS_REDIS_HOSTS",
        "QUARKUS_LOG_CATEGORY__DEV_PARLEY__LEVEL",
        "KAFKA_SASL_JAAS_CONFIG",
        "SMALLRYE_CONFIG_LOCATIONS"
      })
  void whatServicesReadExists(String variable) {
    assertEquals(List.of(), problems(Stream.of(variable)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PARLEY_SERVICE_CREDENTIALS",
        "PARLEY_GATEWAY_DRAIN_NOTICE",
        "QUARKUS_HTTP_PORTS",
        "QUARKUS_MANAGEMENT_ENABLED",
        "KAFKA_SASL_JAAS",
        "REDIS_HOST"
      })
  void whatNobodyReadsIsFound(String variable) {
    assertFalse(problems(Stream.of(variable)).isEmpty());
  }

  private static List<String> problems(Stream<String> variables) {
    return variables.map(VARIABLES::problem).filter(Objects::nonNull).toList();
  }

  // A map, or a list of NAME=VALUE.
  private static List<String> environment(JsonObject service) {
    JsonValue environment = service.getOrDefault("environment", JsonValue.EMPTY_JSON_OBJECT);
    return environment instanceof JsonArray list
        ? list.getValuesAs((JsonString line) -> line.getString().split("=", 2)[0])
        : List.copyOf(environment.asJsonObject().keySet());
  }
}
