package dev.parley.loadbalancer;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The routes file, looked at on a beat and from a thread of its own. A file that is missing or
/// wrong for a time changes nothing: the routes known before stay.
final class RoutesFile implements AutoCloseable {
  /// Looking costs one system call; a new gateway gets its first connection this late.
  private static final Duration BEAT = Duration.ofMillis(500);

  private static final Logger LOG = System.getLogger(RoutesFile.class.getName());

  private final Path file;
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("routes-file").factory());
  private @Nullable Stamp seen;

  /// What tells one version of the file from the next.
  private record Stamp(long modified, long size, @Nullable Object id) {}

  RoutesFile(Path file) {
    this.file = file;
  }

  /// Reads the file for the first time.
  Routes read() throws IOException {
    seen = stamp();
    return Routes.read(file);
  }

  /// Tells `listener` of every change from now on, on the file's thread.
  void follow(Consumer<Routes> listener) {
    // It ends with the beat itself; whatever happens in it is logged there.
    var _ =
        beat.scheduleWithFixedDelay(
            () -> look(listener), BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    beat.shutdownNow();
  }

  private void look(Consumer<Routes> listener) {
    try {
      Stamp now = stamp();
      if (now.equals(seen)) {
        return;
      }
      seen = now;
      listener.accept(Routes.read(file));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The routes file cannot be read now; looking again", e);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The routes stay as they were: {0}: {1}", file, e.getMessage());
    }
  }

  private Stamp stamp() throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        attributes.size(),
        attributes.fileKey());
  }
}
