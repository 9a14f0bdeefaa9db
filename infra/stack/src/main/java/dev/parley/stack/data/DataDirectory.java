package dev.parley.stack.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Where a stack keeps everything: `data/` (or `fresh/`, thrown away at the end), `logs/`, `run/`
/// (configuration of each process, made at every start), `state.json` and `lock`.
///
/// @param root absolute
public record DataDirectory(Path root) {
  public DataDirectory {
    root = root.toAbsolutePath().normalize();
  }

  /// What survives a restart; with `fresh`, what does not.
  public Path store(boolean fresh) {
    return root.resolve(fresh ? "fresh" : "data");
  }

  /// The log of a process.
  public Path log(String name) {
    return root.resolve("logs").resolve(name + ".log");
  }

  /// The configuration made for a process.
  public Path run() {
    return root.resolve("run");
  }

  /// Who runs here.
  public StateFile state() {
    return new StateFile(root.resolve("state.json"));
  }

  /// Makes the directory and those in it, readable by their owner alone, also where the directory
  /// was there before.
  public void create() throws IOException {
    for (Path each : List.of(root, root.resolve("logs"), run())) {
      PrivateFiles.createDirectory(each);
    }
  }

  /// Takes the directory for this process, until the channel is closed or the process ends, however
  /// it ends.
  ///
  /// @return empty if another process has it
  public Optional<FileChannel> lock() throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return Optional.of(channel);
      }
    } catch (OverlappingFileLockException thisProcessHasIt) {
      // The same answer as for another process.
    }
    channel.close();
    return Optional.empty();
  }

  /// Starts a new log, keeping the one before.
  public void rotateLog(String name) throws IOException {
    Path log = log(name);
    if (Files.exists(log)) {
      Files.move(log, log.resolveSibling(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// Deletes the throw-away data, if there is any.
  public void deleteFresh() throws IOException {
    Path fresh = store(true);
    if (!Files.exists(fresh)) {
      return;
    }
    try (var files = Files.walk(fresh)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
