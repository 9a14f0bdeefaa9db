package dev.parley.testing;

import dev.parley.servers.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// The process that holds the servers of one build: starts them, says where they are, waits for the
/// build's end and ends them.
final class ServerHolder {
  private static final Logger LOG = System.getLogger(ServerHolder.class.getName());

  /// How long containers may take to start: longer than they need on a busy machine that has the
  /// images, and short enough that processes can still be started instead.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private ServerHolder() {}

  /// Starts, waits, ends.
  ///
  /// @param arguments pid and start time of the build's process, and the directory of this build's
  ///   servers
  public static void main(String[] arguments) throws Exception {
    ProcessIdentity build =
        new ProcessIdentity(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]));
    Path directory = Path.of(arguments[2]);
    endLeftovers(directory);
    RunningServers servers = start(directory);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              servers.close();
              delete(directory);
            }));
    servers.addresses().write(directory.resolve("servers.properties"));
    build.find().ifPresent(ServerHolder::awaitEnd);
  }

  private static RunningServers start(Path directory) throws Exception {
    return switch (System.getProperty("parley.test.backends", "auto")) {
      case "embedded" -> EmbeddedServers.start(directory);
      case "docker" -> ContainerServers.start();
      default ->
          ContainerServers.engineAnswers()
              ? eitherWay(directory)
              : EmbeddedServers.start(directory);
    };
  }

  private static RunningServers eitherWay(Path directory) throws Exception {
    return inTime(ContainerServers::start, PATIENCE, () -> EmbeddedServers.start(directory));
  }

  /// What `preferred` starts, or `otherwise` where it fails or takes longer than `patience`: an
  /// engine may answer and yet have neither the images nor a way to fetch them, which it can take
  /// many minutes to find out.
  static RunningServers inTime(
      Supplier<RunningServers> preferred, Duration patience, Callable<RunningServers> otherwise)
      throws Exception {
    var starting =
        CompletableFuture.supplyAsync(preferred, work -> Thread.ofPlatform().daemon().start(work));
    try {
      return starting.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "Containers did not start, using processes", e);
      // What comes too late is not wanted any more.
      var _ = starting.thenAccept(RunningServers::close);
      return otherwise.call();
    }
  }

  private static void awaitEnd(ProcessHandle build) {
    try {
      build.onExit().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot wait for the build's process", e);
    }
  }

  /// Ends what the holder of an earlier build left behind when it was killed.
  private static void endLeftovers(Path own) throws IOException {
    try (var directories = Files.list(own.toAbsolutePath().getParent())) {
      for (Path directory : directories.filter(other -> !other.equals(own)).toList()) {
        String[] name = directory.getFileName().toString().split("-", 2);
        ProcessIdentity build =
            new ProcessIdentity(Long.parseLong(name[0]), Long.parseLong(name[1]));
        if (build.find().isEmpty()) {
          EmbeddedServers.kill(directory);
          delete(directory);
        }
      }
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException busy) {
      // It lies under target/; the next build tries again.
    }
  }
}
