package dev.parley.chaos.docker;

import java.util.List;

/// A container of a compose project.
///
/// @param id as the engine knows it
/// @param name without the project's, for example `gateway-service-2`
/// @param service of the compose file
public record Container(String id, String name, String service) {
  /// What `docker ps` is told to write of each.
  static final String FORMAT =
      "{{.ID}} {{.Names}} {{.Label \"com.docker.compose.service\"}} {{.State}}";

  /// Reads what `docker ps` wrote, and leaves out what does not run.
  ///
  /// @throws IllegalArgumentException if it is something else
  static List<Container> parse(String project, String listed) {
    return listed
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(Container::runs)
        .map(line -> new Container(line[0], name(project, line[1]), line[2]))
        .toList();
  }

  private static boolean runs(String[] line) {
    if (line.length != 4) {
      throw new IllegalArgumentException("docker ps wrote " + String.join(" ", line));
    }
    return line[3].equals("running") || line[3].equals("restarting");
  }

  private static String name(String project, String name) {
    String prefix = project + "-";
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}
