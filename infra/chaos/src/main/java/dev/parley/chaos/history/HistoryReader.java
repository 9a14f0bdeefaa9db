package dev.parley.chaos.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads one device's file from its beginning, one line at a time.
///
/// A last line without its end was cut in the middle of a write, so nobody has acted on it: it is
/// passed over and told by [#torn]. Anything else that cannot be read is an error.
public final class HistoryReader implements Closeable {
  private final Path file;
  private final BufferedReader lines;
  private int number;
  private boolean torn;

  public HistoryReader(Path file) throws IOException {
    this.file = file;
    this.lines =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8), 1 << 16);
  }

  /// The next line, or null at the end.
  public @Nullable Line next() throws IOException {
    String text = lines.readLine();
    if (text == null) {
      return null;
    }
    number++;
    try {
      return Lines.decode(text);
    } catch (IOException e) {
      if (lines.readLine() == null && !endsWithLineBreak()) {
        torn = true;
        return null;
      }
      throw new IOException(file + ", line " + number + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// Number of the line that [#next] gave last, from 1.
  public int number() {
    return number;
  }

  /// Whether the last line was cut.
  public boolean torn() {
    return torn;
  }

  private boolean endsWithLineBreak() throws IOException {
    try (var bytes = Files.newByteChannel(file)) {
      var last = ByteBuffer.allocate(1);
      bytes.position(bytes.size() - 1).read(last);
      return last.get(0) == '\n';
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
