package dev.parley.chaos.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The `docker` command with the engine that it finds by itself. Thread-safe; calls block.
public final class Docker {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /// Runs it, and returns what it wrote to its standard output; its errors go to ours.
  ///
  /// @throws IOException if it fails, or takes longer than 90 s
  public String run(String... arguments) throws IOException, InterruptedException {
    Process process =
        start(ProcessBuilder.Redirect.PIPE, ProcessBuilder.Redirect.INHERIT, arguments);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    await(process, arguments);
    return said;
  }

  /// Runs it, and writes both its outputs to `file`.
  ///
  /// @throws IOException as [#run]
  public void runInto(Path file, String... arguments) throws IOException, InterruptedException {
    await(
        start(
            ProcessBuilder.Redirect.to(file.toFile()),
            ProcessBuilder.Redirect.appendTo(file.toFile()),
            arguments),
        arguments);
  }

  /// The running containers of a compose project, but not those of `docker compose run`.
  public List<Container> containers(String project) throws IOException, InterruptedException {
    return Container.parse(
        project,
        run(
            "ps",
            "--no-trunc",
            "--filter",
            "label=com.docker.compose.project=" + project,
            "--filter",
            "label=com.docker.compose.oneoff=False",
            "--format",
            Container.FORMAT));
  }

  /// What `docker inspect` says of a container by this template.
  public String inspect(Container container, String format)
      throws IOException, InterruptedException {
    return run("inspect", "-f", format, container.id()).strip();
  }

  /// What each of these containers holds, by id.
  public Map<String, MemoryUse> memory(Collection<Container> containers)
      throws IOException, InterruptedException {
    return MemoryUse.parse(
        run(
            Stream.concat(
                    Stream.of("stats", "--no-stream", "--no-trunc", "--format", MemoryUse.FORMAT),
                    containers.stream().map(Container::id))
                .toArray(String[]::new)));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // It ends what would be waited for in vain.
  private static Process start(
      ProcessBuilder.Redirect output, ProcessBuilder.Redirect errors, String... arguments)
      throws IOException {
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of("docker"), Stream.of(arguments)).toList())
            .redirectOutput(output)
            .redirectError(errors)
            .start();
    process.getOutputStream().close();
    process
        .onExit()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        // Only then: it would close what is still to be read of a process that has ended.
        .exceptionally(late -> process.destroyForcibly());
    return process;
  }

  private static void await(Process process, String... arguments)
      throws IOException, InterruptedException {
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException("docker %s ended with %d".formatted(String.join(" ", arguments), code));
    }
  }
}
