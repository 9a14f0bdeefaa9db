package dev.parley.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where there is a `kubectl`, what it renders is what the other tests look at.
class KustomizeTest {
  // The hash at the end of a generated ConfigMap's name.
  private static final String HASH = "(parley-environment)-[a-z0-9]{10}";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"base", "production"})
  void kubectlRendersTheSame(String name) throws IOException, InterruptedException {
    Path out = directory.resolve("rendered.yaml");
    assumeTrue(kubectl(out, name), "there is no kubectl that renders kustomizations");
    Files.writeString(out, Files.readString(out, UTF_8).replaceAll(HASH, "$1"));
    assertEquals(byTitle(Installation.render(name)), byTitle(new Manifests(Yaml.all(out))));
  }

  private static boolean kubectl(Path out, String name) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder("kubectl", "kustomize", Installation.directory(name).toString())
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, JsonObject> byTitle(Manifests manifests) {
    Map<String, JsonObject> byTitle = new TreeMap<>();
    manifests.resources().forEach(resource -> byTitle.put(Manifests.title(resource), resource));
    return byTitle;
  }
}
