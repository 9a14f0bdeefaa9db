package dev.parley.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where things lie in the built repository.
public record Repository(Path root) {
  /// The repository named by the system property `parley.root`, else the one that the working
  /// directory lies in.
  ///
  /// @throws IllegalStateException if neither leads to one
  public static Repository find() {
    String property = System.getProperty("parley.root");
    Path start = Path.of(property == null ? "" : property).toAbsolutePath().normalize();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("infra/kafka-broker/pom.xml"))) {
        return new Repository(at);
      }
    }
    throw new IllegalStateException("not inside Parley's repository: " + start);
  }

  /// The jars of the Kafka broker.
  public Path kafkaLibraries() {
    return root.resolve("infra/kafka-broker/target/lib");
  }

  /// Where executables are unpacked, once for all stacks and tests.
  public Path binaries() {
    return root.resolve("infra/servers/target/binaries");
  }

  /// Flags of a JVM that idles most of the time. It looks four times a second for monitors to
  /// deflate by default; ten such JVMs cost an idle machine more than all that they do. And it
  /// compiles, for minutes, what only its timers run: a method that a message passes through is hot
  /// a moment later all the same.
  public static List<String> calm() {
    return List.of(
        "-XX:+IgnoreUnrecognizedVMOptions",
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:AsyncDeflationInterval=5000",
        "-XX:CompileThresholdScaling=4");
  }

  /// The `java` that runs this process; servers run on the same.
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
