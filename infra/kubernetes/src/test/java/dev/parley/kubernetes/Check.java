package dev.parley.kubernetes;

import java.util.function.Consumer;

/// One rule for manifests.
@FunctionalInterface
interface Check {
  /// Hands each problem, as a sentence that names the resource, to `problem`.
  void check(Manifests manifests, Consumer<String> problem);
}
