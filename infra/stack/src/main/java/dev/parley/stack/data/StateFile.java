package dev.parley.stack.data;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// `state.json`. A reader sees the old or the new one, never half of it.
public final class StateFile {
  private static final JsonMapper JSON = new JsonMapper();
  private final Path file;

  StateFile(Path file) {
    this.file = file;
  }

  /// Empty if no stack was started here, or the last one ended in order.
  ///
  /// @throws IOException if the file is there and is not ours
  public Optional<StackState> read() throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), StackState.class));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(file + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /// Replaces it.
  public synchronized void write(StackState state) throws IOException {
    Path partial = file.resolveSibling("state.partial");
    PrivateFiles.write(partial, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(state));
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// The stack has ended in order.
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
