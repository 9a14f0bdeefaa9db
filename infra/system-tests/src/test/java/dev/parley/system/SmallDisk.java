package dev.parley.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A directory that lies on a small disk of its own for a while, so that the disk can be full.
/// Whoever uses the directory must not run while it moves.
final class SmallDisk {
  private static final long ROOM = 96L << 20;
  private static final int BLOCK = 1 << 20;

  private final Path directory;
  private final Path aside;
  private final Path mounted;

  private SmallDisk(Path directory) {
    this.directory = directory;
    this.aside = directory.resolveSibling(directory.getFileName() + ".aside");
    this.mounted = directory.resolveSibling(directory.getFileName() + ".disk");
  }

  /// Moves a directory onto a disk with little room.
  ///
  /// @return empty where this machine or this user cannot mount one
  static Optional<SmallDisk> holding(Path directory) throws IOException, InterruptedException {
    SmallDisk disk = new SmallDisk(directory);
    Files.createDirectories(disk.mounted);
    long size = Long.parseLong(said("du", "-sb", directory.toString()).split("\\s", -1)[0]) + ROOM;
    try {
      said(
          "mount",
          "-t",
          "tmpfs",
          "-o",
          "size=" + size + ",mode=0700",
          "parley-test",
          disk.mounted.toString());
    } catch (IOException mayNot) {
      Files.delete(disk.mounted);
      return Optional.empty();
    }
    said("cp", "-a", directory.toString(), disk.mounted.resolve("held").toString());
    Files.move(directory, disk.aside);
    Files.createSymbolicLink(directory, disk.mounted.resolve("held"));
    return Optional.of(disk);
  }

  /// Leaves not one free page.
  void fill() throws IOException {
    byte[] block = new byte[BLOCK];
    for (int size = BLOCK; size >= 4_096; size /= 2) {
      try (OutputStream out =
          Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (Files.exists(filler())) {
          out.write(block, 0, size);
        }
      } catch (IOException full) {
        // The next smaller block.
      }
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  /// Moves the directory back, as it is now.
  void leave() throws IOException, InterruptedException {
    free();
    Files.delete(directory);
    said("cp", "-a", mounted.resolve("held").toString(), directory.toString());
    said("umount", mounted.toString());
    Files.delete(mounted);
    said("rm", "-rf", aside.toString());
  }

  private Path filler() {
    return mounted.resolve("filler");
  }

  private static String said(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }
}
