package dev.parley.system;

import dev.parley.servers.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The containers of one project of Docker Compose. Any thread.
///
/// @param project its name
record Containers(String project) {
  /// All that are meant to run.
  List<String> all() throws IOException {
    return ids();
  }

  /// The one of a service.
  ///
  /// @param number from 1
  String of(String service, int number) throws IOException {
    List<String> found =
        ids(
            "label=com.docker.compose.service=" + service,
            "label=com.docker.compose.container-number=" + number);
    if (found.size() != 1) {
      throw new IOException(project + " has no " + service + "-" + number);
    }
    return found.getFirst();
  }

  List<String> of(String service) throws IOException {
    return ids("label=com.docker.compose.service=" + service);
  }

  /// One line for each of these.
  ///
  /// @param format as `docker inspect` takes it
  List<String> inspect(String format, List<String> containers) throws IOException {
    List<String> command = new ArrayList<>(List.of("inspect", "-f", format));
    command.addAll(containers);
    return docker(command).lines().toList();
  }

  String inspect(String format, String container) throws IOException {
    return inspect(format, List.of(container)).getFirst();
  }

  /// What a program in a container says.
  String exec(String container, String... program) throws IOException {
    List<String> command = new ArrayList<>(List.of("exec", container));
    command.addAll(List.of(program));
    return docker(command);
  }

  /// SIGKILL from outside, as in a crash: the engine takes `docker kill` for a wish and would not
  /// start it again.
  void kill(String pid) throws IOException {
    docker(
        List.of(
            "run",
            "--rm",
            "--pid=host",
            "--privileged",
            "--user=0",
            "--network=none",
            "--entrypoint=bash",
            "parley/gateway-service",
            "-c",
            "kill -9 " + pid));
  }

  /// Does something with all of them, in the order of their dependencies.
  ///
  /// @param verb `start` or `stop`
  void compose(String verb) throws IOException {
    docker(List.of("compose", "-p", project, verb));
  }

  private List<String> ids(String... filters) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "ps",
                "-aq",
                "--filter",
                "label=com.docker.compose.project=" + project,
                "--filter",
                "label=com.docker.compose.oneoff=False"));
    for (String filter : filters) {
      command.add("--filter");
      command.add(filter);
    }
    return docker(command).lines().toList();
  }

  private static String docker(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(Repository.find().root().toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ":\n" + output);
    }
    return output;
  }
}
