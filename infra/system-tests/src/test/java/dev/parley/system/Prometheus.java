package dev.parley.system;

import static dev.parley.testing.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.servers.Ports;
import dev.parley.servers.Repository;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A real Prometheus over a stack, configured by the files that we ship; only where the services
/// are and how often they are asked differs.
final class Prometheus {
  /// One rule as it runs.
  ///
  /// @param state `inactive`, `pending` or `firing`
  /// @param health `ok` if its expression could be evaluated
  record Alert(String name, String query, String state, String health) {}

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern DISCOVERY =
      Pattern.compile("dns_sd_configs: \\[\\{names: \\[([a-z-]+)], [^}]*}]");

  private final Process process;
  private final URI address;

  private Prometheus(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// The program, if this machine has it.
  static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, "prometheus"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Starts one that has forgotten everything, and waits until it has heard of every service.
  static Prometheus over(ProcessStack stack) throws IOException {
    Path root = Repository.find().root();
    Path work = Files.createTempDirectory(root.resolve("infra/system-tests/target"), "prometheus");
    Path shipped = root.resolve("infra/observability");
    Path configuration = work.resolve("prometheus.yml");
    Files.writeString(
        configuration,
        targets(Files.readString(shipped.resolve("prometheus.yml")), stack)
            .replaceAll("scrape_interval: \\S+", "scrape_interval: 2s")
            .replaceAll("scrape_timeout: \\S+", "scrape_timeout: 2s")
            .replaceAll("evaluation_interval: \\S+", "evaluation_interval: 1s")
            .replace("- alerts.yml", "- " + shipped.resolve("alerts.yml")));
    int port = Ports.free();
    Process process =
        new ProcessBuilder(
                program().orElseThrow().toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + work.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("prometheus.log").toFile())
            .start();
    Prometheus started = new Prometheus(process, URI.create("http://127.0.0.1:" + port));
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> started.value("sum(up)") == stack.management().size());
    return started;
  }

  private static String targets(String configuration, ProcessStack stack) {
    Map<String, List<String>> byJob = new TreeMap<>();
    stack
        .management()
        .forEach((process, port) -> {
          String kind = process.replaceFirst("-\\d+$", "");
          byJob
              .computeIfAbsent(
                  kind.equals("gateway") ? "gateway-service" : kind, job -> new ArrayList<>())
              .add("127.0.0.1:" + port);
        });
    Matcher jobs = DISCOVERY.matcher(configuration);
    return jobs.replaceAll(job ->
        "static_configs: [{targets: ["
            + byJob.getOrDefault(job.group(1), List.of()).stream()
                .map(target -> "'" + target + "'")
                .collect(Collectors.joining(", "))
            + "]}]");
  }

  /// What an expression gives now: its samples that are numbers.
  List<Double> samples(String expression) throws IOException, InterruptedException {
    JsonNode data = get("/api/v1/query?query=" + encoded(expression)).get("result");
    List<Double> samples = new ArrayList<>();
    for (JsonNode sample : data) {
      double value = Double.parseDouble(sample.get("value").get(1).asText());
      if (!Double.isNaN(value)) {
        samples.add(value);
      }
    }
    return samples;
  }

  private double value(String expression) throws IOException, InterruptedException {
    List<Double> samples = samples(expression);
    return samples.isEmpty() ? 0 : samples.getFirst();
  }

  /// All alerts, once each has been evaluated.
  List<Alert> alerts() throws IOException, InterruptedException {
    List<Alert> alerts = new ArrayList<>();
    for (JsonNode group : get("/api/v1/rules?type=alert").get("groups")) {
      for (JsonNode rule : group.get("rules")) {
        alerts.add(
            new Alert(
                rule.get("name").asText(),
                rule.get("query").asText(),
                rule.get("state").asText(),
                rule.get("health").asText()));
      }
    }
    return alerts;
  }

  /// The names of all that was ever scraped.
  List<String> names() throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    get("/api/v1/label/__name__/values").forEach(name -> names.add(name.asText()));
    return names;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    String body =
        HTTP.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString())
            .body();
    JsonNode answer = JSON.readTree(body);
    if (!answer.path("status").asText().equals("success")) {
      throw new IOException(path + " was answered " + body);
    }
    return answer.get("data");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  void end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
