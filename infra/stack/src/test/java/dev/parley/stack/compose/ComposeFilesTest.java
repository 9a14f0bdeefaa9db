package dev.parley.stack.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.servers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// What every service of the compose files has, so that a new one cannot forget it. What only an
/// engine can show is in infra/compose-test.
class ComposeFilesTest {
  private static final Path ROOT = Repository.find().root();
  private static final String BASE = "docker-compose.yml";
  private static final String CLUSTER = "docker-compose.cluster.yml";
  private static final String ONCE = "secrets";
  private static final Set<String> STORES = Set.of("stores", "databases");
  private static final Pattern FROM_ENVIRONMENT = Pattern.compile("\\$\\{PARLEY_\\w+:-([\\w.]+)}");

  @ParameterizedTest
  @MethodSource("services")
  void memoryAndCpusAreBoundedByVariables(String name, Map<String, Object> service) {
    defaultOf(service, "mem_limit");
    assertTrue(Double.parseDouble(defaultOf(service, "cpus")) <= 1, "more than one CPU");
  }

  @ParameterizedTest
  @MethodSource("services")
  void whatDiesComesBackAndSaysWhenItIsHealthy(String name, Map<String, Object> service) {
    assertEquals(name.equals(ONCE) ? "no" : "unless-stopped", service.get("restart"));
    // Our own images bring their check along.
    boolean healthy = service.containsKey("healthcheck") || service.containsKey("build");
    assertEquals(!name.equals(ONCE), healthy);
    conditions(service)
        .forEach((other, condition) -> {
          String expected =
              other.equals(ONCE) ? "service_completed_successfully" : "service_healthy";
          assertEquals(Map.of("condition", expected), condition, other);
        });
  }

  @ParameterizedTest
  @MethodSource("services")
  void onlyTheEntryIsPublished(String name, Map<String, Object> service) {
    boolean lookedAtHere =
        service.containsKey("profiles")
            && list(service, "ports").stream()
                .allMatch(port -> port.toString().startsWith("127.0.0.1:"));
    assertTrue(!service.containsKey("ports") || name.equals("entry") || lookedAtHere);
  }

  @ParameterizedTest
  @MethodSource("services")
  void theEdgeReachesNoStore(String name, Map<String, Object> service) {
    List<?> networks = list(service, "networks");
    assertFalse(networks.isEmpty() && !"none".equals(service.get("network_mode")), "no network");
    switch (name) {
      case "entry" -> assertEquals(List.of("edge"), networks);
      case "gateway-service" -> assertFalse(networks.contains("databases"));
      case "auth-service", "message-service", "presence-service" ->
          assertTrue(networks.contains("edge"));
      default ->
          assertTrue(
              service.containsKey("profiles") || STORES.containsAll(networks), networks.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void noSecretStandsInTheFile(String name, Map<String, Object> service) {
    map(service, "environment")
        .forEach((key, value) ->
            assertFalse(
                key.matches("(?i).*(PASSWORD|CREDENTIAL|SECRET|KEY).*") && !key.endsWith("_FILE"),
                key));
  }

  /// Those of the base, and those that the cluster adds, with what they extend.
  static Stream<Arguments> services() throws IOException {
    Map<String, Map<String, Object>> base = read(BASE);
    Map<String, Map<String, Object>> added = read(CLUSTER);
    added.keySet().removeAll(base.keySet());
    added.replaceAll((name, service) -> {
      Map<String, Object> whole = new HashMap<>();
      Object extended = map(service, "extends").get("service");
      if (extended != null) {
        whole.putAll(base.get(extended.toString()));
      }
      whole.putAll(service);
      return whole;
    });
    return Stream.of(base, added)
        .flatMap(services -> services.entrySet().stream())
        .map(service -> Arguments.of(service.getKey(), service.getValue()));
  }

  private static Map<String, Map<String, Object>> read(String file) throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Map<String, Map<String, Map<String, Object>>> read =
        yaml.load(Files.readString(ROOT.resolve(file)));
    return new HashMap<>(read.get("services"));
  }

  private static String defaultOf(Map<String, Object> service, String key) {
    var form = FROM_ENVIRONMENT.matcher(String.valueOf(service.get(key)));
    assertTrue(form.matches(), key + ": " + service.get(key));
    return form.group(1);
  }

  private static Map<String, ?> conditions(Map<String, Object> service) {
    return map(service, "depends_on");
  }

  @SuppressWarnings("unchecked") // as compose files are
  private static Map<String, Object> map(Map<String, Object> service, String key) {
    return (Map<String, Object>) service.getOrDefault(key, Map.of());
  }

  private static List<?> list(Map<String, Object> service, String key) {
    return (List<?>) service.getOrDefault(key, List.of());
  }
}
