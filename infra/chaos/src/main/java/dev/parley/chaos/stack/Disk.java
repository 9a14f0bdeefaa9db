package dev.parley.chaos.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A small disk of its own (tmpfs) that can be filled up.
final class Disk {
  private static final int MEBIBYTES = 768;
  private static final int BLOCK = 1 << 20;

  private final Path mounted;

  private Disk(Path mounted) {
    this.mounted = mounted;
  }

  /// Mounts one.
  ///
  /// @return empty where this machine or this user cannot
  static Optional<Disk> mount(Path at) throws IOException, InterruptedException {
    Files.createDirectories(at);
    boolean done =
        run(
            List.of(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + MEBIBYTES + "m,mode=0700",
                "parley-chaos",
                at.toString()));
    return done ? Optional.of(new Disk(at)) : Optional.empty();
  }

  Path path() {
    return mounted;
  }

  /// Leaves not one free page.
  void fill() throws IOException {
    byte[] block = new byte[BLOCK];
    Path filler = filler();
    for (int size = BLOCK; size >= 4_096; size /= 2) {
      try (OutputStream out =
          Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (Files.exists(filler)) {
          out.write(block, 0, size);
        }
      } catch (IOException full) {
        // The next smaller block.
      }
    }
    FileStore store = Files.getFileStore(mounted);
    if (store.getUsableSpace() > BLOCK) {
      throw new IOException("the disk did not fill up: " + store.getUsableSpace() + " bytes left");
    }
  }

  /// As before [#fill].
  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  /// Gives it back.
  void unmount() throws InterruptedException, IOException {
    if (!run(List.of("umount", mounted.toString()))) {
      run(List.of("umount", "--lazy", mounted.toString()));
    }
    Files.deleteIfExists(mounted);
  }

  private Path filler() {
    return mounted.resolve("filler");
  }

  private static boolean run(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 && said.isEmpty();
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
