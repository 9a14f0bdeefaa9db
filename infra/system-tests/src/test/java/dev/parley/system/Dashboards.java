package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.servers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Grafana's dashboards as they are shipped, read for their queries.
final class Dashboards {
  /// One query of a panel, with a window for Grafana's own variable.
  record Query(String dashboard, String panel, String expression) {}

  private static final JsonMapper JSON = new JsonMapper();

  private Dashboards() {}

  static List<Query> queries() throws IOException {
    Path directory = Repository.find().root().resolve("infra/observability/grafana/dashboards");
    List<Query> queries = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        JsonNode dashboard = JSON.readTree(file.toFile());
        for (JsonNode panel : dashboard.get("panels")) {
          for (JsonNode target : panel.path("targets")) {
            queries.add(
                new Query(
                    dashboard.get("title").asText(),
                    panel.get("title").asText(),
                    target.get("expr").asText().replace("$__rate_interval", "30s")));
          }
        }
      }
    }
    return queries;
  }
}
