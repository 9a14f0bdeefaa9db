package dev.parley.chaos.check;

import java.nio.file.Path;
import java.util.UUID;

/// Whose history a file is.
record Client(Path file, UUID user, String device) {
  String name() {
    return file.getFileName().toString();
  }
}
