package dev.parley.stack.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A log that is being written: hands out each line once it is complete. Not thread-safe.
final class FollowedFile {
  private static final long LOOK_MILLIS = 200;

  private final Path file;
  private final String label;
  private long position;

  FollowedFile(Path file, long position, String label) {
    this.file = file;
    this.position = position;
    this.label = label;
  }

  /// Until the thread is interrupted or the program ends.
  static void followAll(List<FollowedFile> files, PrintWriter out)
      throws IOException, InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (!never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      for (FollowedFile file : files) {
        file.printNew(out);
      }
    }
  }

  /// Prints the lines that were completed since the last call. A file that became shorter is read
  /// from its beginning.
  void printNew(PrintWriter out) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      if (in.length() < position) {
        position = 0;
      }
      byte[] added = new byte[(int) Math.min(in.length() - position, 1 << 20)];
      in.seek(position);
      in.readFully(added);
      int complete = added.length;
      while (complete > 0 && added[complete - 1] != '\n') {
        complete--;
      }
      position += complete;
      new String(added, 0, complete, StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> out.println(label + line));
      out.flush();
    }
  }
}
