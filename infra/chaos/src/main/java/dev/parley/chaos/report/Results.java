package dev.parley.chaos.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The file of results: a JSON array of runs. A run is appended when it is over, so one that is cut
/// takes nothing with it.
public final class Results {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;

  public Results(Path file) {
    this.file = file;
  }

  /// Adds a run.
  ///
  /// @throws IOException if it cannot be written, or what is there is no such file
  public void append(RunReport run) throws IOException {
    ArrayNode all = JSON.createArrayNode();
    if (Files.exists(file)) {
      if (!(JSON.readTree(file.toFile()) instanceof ArrayNode before)) {
        throw new IOException(file + " is no file of results");
      }
      all = before;
    }
    all.add(JSON.valueToTree(run));
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.write(partial, JSON.writeValueAsBytes(all));
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
