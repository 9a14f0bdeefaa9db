package dev.parley.chaos.history;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;

/// Writes one device's file. A line has reached the operating system when [#write] returns: it
/// outlives this process, though not the machine.
///
/// Safe for any number of threads; lines stand in the file in the order in which `write` was
/// called, with times that never go back.
public final class HistoryWriter implements Closeable {
  private final FileChannel file;
  private final LongSupplier clock;

  /// Begins the file of a device, which must not be there yet.
  ///
  /// @param clock microseconds since the run began
  public HistoryWriter(Path file, LongSupplier clock, Entry.Device device) {
    try {
      this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.clock = clock;
    write(device);
  }

  /// Writes `entry` down. Blocks for a write to the file.
  ///
  /// @return its time
  public synchronized long write(Entry entry) {
    long at = clock.getAsLong();
    ByteBuffer line = ByteBuffer.wrap(Lines.encode(new Line(at, entry)));
    try {
      while (line.hasRemaining()) {
        file.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return at;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
