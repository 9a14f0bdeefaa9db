package dev.parley.testing;

import dev.parley.servers.ProcessIdentity;
import dev.parley.servers.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Finds the servers of this build, or has them started.
///
/// The first test process of a build starts a [ServerHolder], which outlives it and ends with the
/// build's Maven process. All the others find the file that the holder writes. What an abandoned
/// holder left is ended by the next one.
final class SharedServers {
  private static final long START_SECONDS = 240;
  private static @Nullable Addresses known;

  private SharedServers() {}

  static synchronized Addresses addresses() {
    if (known == null) {
      try {
        known = findOrStart(ProcessIdentity.of(build()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while servers started", e);
      }
    }
    return known;
  }

  /// The Maven process above this one; in an IDE the nearest Java process above; else this process.
  private static ProcessHandle build() {
    ProcessHandle self = ProcessHandle.current();
    for (var at = self.parent(); at.isPresent(); at = at.get().parent()) {
      Optional<String> command = at.get().info().command();
      if (command.isPresent() && command.get().endsWith("/java")) {
        return at.get();
      }
    }
    return self;
  }

  private static Addresses findOrStart(ProcessIdentity build)
      throws IOException, InterruptedException {
    Path all = Repository.find().root().resolve("target/test-servers");
    Path directory = all.resolve(build.pid() + "-" + build.startedMillis());
    Files.createDirectories(directory);
    Path found = directory.resolve("servers.properties");
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("cannot lock " + directory);
      }
      if (!Files.exists(found)) {
        start(build, directory, found);
      }
      return Addresses.read(found);
    }
  }

  private static void start(ProcessIdentity build, Path directory, Path found)
      throws IOException, InterruptedException {
    Path log = directory.resolve("holder.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Repository.java(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dparley.root=" + Repository.find().root(),
                "-Dparley.test.backends=" + System.getProperty("parley.test.backends", "auto"),
                "dev.parley.testing.ServerHolder",
                Long.toString(build.pid()),
                Long.toString(build.startedMillis()),
                directory.toString())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(log.toFile())
            .redirectErrorStream(true);
    // Not as an argument: it is long, and would be in every listing of processes.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process holder = builder.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.exists(found)) {
      if (holder.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new IOException("the test servers did not start:\n" + Files.readString(log));
      }
      if (System.nanoTime() - deadline > 0) {
        holder.destroy();
        throw new IOException("the test servers were not ready within " + START_SECONDS + " s");
      }
    }
  }
}
