package dev.parley.servers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// Executables out of Maven artifacts, unpacked once per version into a directory that all
/// processes share.
final class Binaries {
  private final Path directory;

  Binaries(Path directory) {
    this.directory = directory;
  }

  /// The directory of PostgreSQL (with `bin` in it).
  Path postgres() throws IOException {
    return once(Platform.current().postgres(), Binaries::untar);
  }

  /// Redis' executable.
  Path redis() throws IOException {
    return once(Platform.current().redis(), Binaries::copyExecutable).resolve("redis-server");
  }

  /// Unpacks under another name and renames, under a lock of the file system, so that neither a
  /// process that dies in the middle nor two at once leave half a directory.
  private Path once(String resource, Unpacking unpacking) throws IOException {
    Path target = directory.resolve(resource.replace(".txz", ""));
    if (Files.isDirectory(target)) {
      return target;
    }
    Files.createDirectories(directory);
    synchronized (Binaries.class) {
      try (FileChannel channel =
              FileChannel.open(
                  directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        if (lock.isValid() && !Files.isDirectory(target)) {
          Path partial = Files.createTempDirectory(directory, "unpacking");
          try (InputStream in = open(resource)) {
            unpacking.unpack(in, partial);
          }
          Files.setPosixFilePermissions(partial, EnumSet.allOf(PosixFilePermission.class));
          Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    return target;
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = Binaries.class.getClassLoader().getResourceAsStream(resource);
    if (in == null) {
      throw new IOException(resource + " is not on the class path");
    }
    return new BufferedInputStream(in);
  }

  private static void copyExecutable(InputStream in, Path directory) throws IOException {
    Path file = directory.resolve("redis-server");
    Files.copy(in, file);
    makeExecutable(file);
  }

  private static void untar(InputStream in, Path directory) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = entry.resolveIn(directory);
        Files.createDirectories(entry.isDirectory() ? file : parent(file));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(file, directory.resolve(entry.getLinkName()));
        } else if (!entry.isDirectory()) {
          Files.copy(tar, file);
          if ((entry.getMode() & 0111) != 0) {
            makeExecutable(file);
          }
        }
      }
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private static void makeExecutable(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
      Files.setPosixFilePermissions(file, permissions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Unpacking {
    void unpack(InputStream in, Path directory) throws IOException;
  }
}
