package dev.parley.stack.cli;

import dev.parley.servers.Repository;
import dev.parley.stack.data.DataDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which stack a command is about.
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The stack's data directory (default: .parley in the repository).")
  private @Nullable Path directory;

  DataDirectory directory() {
    return new DataDirectory(
        directory == null ? Repository.find().root().resolve(".parley") : directory);
  }
}
