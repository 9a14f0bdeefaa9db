package dev.parley.kubernetes;

import java.nio.file.Path;

/// Where things are in the repository.
final class Installation {
  static final Path ROOT = Path.of(System.getProperty("parley.root", "../.."));

  private Installation() {}

  static Path directory(String name) {
    return ROOT.resolve("infra", "kubernetes", name);
  }

  static Manifests render(String name) {
    return Kustomization.render(directory(name));
  }
}
