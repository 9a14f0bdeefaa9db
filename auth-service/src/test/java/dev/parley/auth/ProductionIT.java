package dev.parley.auth;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testing.Backends;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The application as it is shipped, in a process of its own.
class ProductionIT {
  private static final String CREDENTIAL = "-Dparley.service-credential=";
  private static final String ENCRYPTION = "-Dparley.auth.key-encryption-key=";
  private static final String RANDOM = "f1d2d2f924e986ac86fdf7b36c94bcdf";

  @Test
  void itDoesNotStartWithoutASecret() throws Exception {
    assertRefused(List.of(ENCRYPTION + RANDOM), "parley.service-credential is missing");
  }

  @Test
  void itDoesNotStartWithAnExampleSecret() throws Exception {
    assertRefused(
        List.of(CREDENTIAL + RANDOM, ENCRYPTION + "example-key-encryption-key"),
        "parley.auth.key-encryption-key is an example secret");
  }

  /// As containers run it; also what goes wrong before anything serves.
  @Test
  void itLogsJsonWhereItIsToldTo() throws Exception {
    Process process = start(List.of(ENCRYPTION + RANDOM, "-Dparley.log.json=true"));
    try (BufferedReader output = process.inputReader()) {
      List<JsonObject> lines =
          output.lines().filter(line -> line.startsWith("{")).map(JsonObject::new).toList();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertTrue(
          lines.stream()
              .anyMatch(line ->
                  line.getString("level").equals("ERROR")
                      && line.encode().contains("parley.service-credential is missing")),
          lines::toString);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void itStartsServesAndStops() throws Exception {
    Process process = start(List.of(CREDENTIAL + RANDOM, ENCRYPTION + RANDOM));
    try (BufferedReader output = process.inputReader();
        HttpClient http = HttpClient.newHttpClient()) {
      Matcher ports = ports(output);
      URI api = URI.create("http://127.0.0.1:" + ports.group(1));
      URI management = URI.create("http://127.0.0.1:" + ports.group(2));
      await().until(() -> get(http, management.resolve("/q/health/ready")) == 200);
      assertEquals(200, get(http, management.resolve("/q/metrics")));
      assertEquals(200, get(http, api.resolve("/api/auth/jwks")));
      assertEquals(401, get(http, api.resolve("/api/users/me")));
      process.destroy();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it did not stop in time");
    } finally {
      process.destroyForcibly();
    }
  }

  private static void assertRefused(List<String> secrets, String sentence) throws Exception {
    Process process = start(secrets);
    try (BufferedReader output = process.inputReader()) {
      List<String> lines = output.lines().toList();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertNotEquals(0, process.exitValue());
      assertTrue(
          lines.stream().anyMatch(line -> line.contains(sentence)), () -> String.join("\n", lines));
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(List<String> secrets) throws IOException {
    Backends backends = Backends.ofThisProcess();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx192m");
    command.add("-Dquarkus.http.port=0");
    command.add("-Dquarkus.management.port=0");
    command.add("-Dkafka.bootstrap.servers=" + backends.kafka());
    command.add("-Dparley.kafka.topic-prefix=" + backends.topicPrefix() + "shipped.");
    command.add("-Dquarkus.datasource.jdbc.url=" + backends.database("_shipped"));
    command.add("-Dquarkus.datasource.username=" + backends.user());
    command.add("-Dquarkus.datasource.password=" + backends.password());
    command.addAll(secrets);
    command.add("-jar");
    command.add(Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static Matcher ports(BufferedReader output) throws IOException {
    Pattern listening =
        Pattern.compile("Listening on: http://[^:]+:(\\d+)\\. Management .*http://[^:]+:(\\d+)");
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      Matcher found = listening.matcher(line);
      if (found.find()) {
        return found;
      }
    }
    throw new AssertionError(String.join("\n", lines));
  }

  private static int get(HttpClient http, URI uri) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
  }
}
