package dev.parley.gateway.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Runs the Autobahn suite that the module `infra/autobahn` unpacked, in a process of its own.
final class AutobahnSuite {
  private static final Duration LONGEST = Duration.ofMinutes(25);

  private static final Set<String> PASSED = Set.of("OK", "NON-STRICT", "INFORMATIONAL");

  private AutobahnSuite() {}

  /// How every case of `sections` went: what was received, and how the connection was closed.
  ///
  /// @param lanes cases side by side
  static Map<String, String> run(URI endpoint, int lanes, List<String> sections) throws Exception {
    Path module = Path.of(System.getProperty("parley.root"), "infra", "autobahn");
    Path jython = module.resolve("target/lib/jython-standalone-2.7.2.jar");
    assertTrue(
        Files.isRegularFile(jython), "the Autobahn suite is missing: add -pl infra/autobahn");
    Path reports = Path.of("target", "autobahn", sections.getFirst().replace(".*", ""));
    Files.createDirectories(reports);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jython.toString(),
                "-Dpython.path=" + module.resolve("target/suite"),
                module.resolve("src/main/python/fuzz.py").toString(),
                "ws://" + endpoint.getAuthority() + endpoint.getPath(),
                reports.toString(),
                "" + lanes));
    command.addAll(sections);
    Path log = reports.resolve("suite.log");
    Process suite =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertTrue(suite.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS), "not done in " + LONGEST);
    } finally {
      suite.destroyForcibly();
    }
    assertTrue(
        suite.exitValue() == 0, () -> "the suite itself failed; see " + log.toAbsolutePath());
    return results(reports.resolve("index.json"));
  }

  private static Map<String, String> results(Path index) throws IOException {
    Map<String, String> results = new TreeMap<>();
    for (JsonNode agent : new ObjectMapper().readTree(index.toFile())) {
      agent
          .properties()
          .forEach(result ->
              results.put(
                  result.getKey(),
                  result.getValue().get("behavior").asText()
                      + "/"
                      + result.getValue().get("behaviorClose").asText()));
    }
    return results;
  }

  static boolean passed(String result) {
    return PASSED.containsAll(List.of(result.split("/")));
  }
}
