package dev.parley.chaos.docker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A container of a compose project.
///
/// @param id as the engine knows it
/// @param name without the project's, for example `gateway-service-2`
/// @param service of the compose file
public record Container(String id, String name, String service) {
  /// What `docker ps` is told to write of each.
  static final String FORMAT =
      "{{.ID}} {{.Names}} {{.Label \"com.docker.compose.service\"}} {{.State}}";

  private static final Set<String> RUNNING = Set.of("running", "restarting");

  /// Reads what `docker ps` wrote, and leaves out what does not run.
  ///
  /// @throws IOException if it is something else
  static List<Container> parse(String project, String listed) throws IOException {
    List<Container> running = new ArrayList<>();
    for (String line : listed.lines().toList()) {
      List<String> cells = List.of(line.split(" ", -1));
      if (cells.size() != 4) {
        throw new IOException("docker ps wrote " + line);
      }
      if (RUNNING.contains(cells.getLast())) {
        running.add(new Container(cells.getFirst(), name(project, cells.get(1)), cells.get(2)));
      }
    }
    return running;
  }

  private static String name(String project, String name) {
    String prefix = project + "-";
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}
