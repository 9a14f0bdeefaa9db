package dev.parley.stack.plan;

import dev.parley.servers.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// How the JVMs of the stack are started: as everywhere (`jvm.flags` of the service runtime, which
/// the images use too), and what a small machine wants.
///
/// The heaps are for such a machine: together with all else they stay under 3 GiB. The serial
/// collector has no threads of its own, which is what an idle stack of ten processes on two cores
/// wants.
enum JvmFlags {
  AUTH("-Xmx256m"), // a password takes 19 MiB while it is hashed
  MESSAGES("-Xmx320m"),
  PRESENCE("-Xmx128m"),
  GATEWAY("-Xmx256m"),
  ENTRY("-Xmx256m"); // two connections for each of up to 9,500 sessions

  private static final String COLLECTOR = "-XX:+UseSerialGC";

  private final String heap;

  JvmFlags(String heap) {
    this.heap = heap;
  }

  List<String> flags(Repository repository) {
    return Stream.of(List.of('@' + file(repository).toString(), heap, COLLECTOR), Repository.calm())
        .flatMap(List::stream)
        .toList();
  }

  static Path file(Repository repository) {
    return repository.root().resolve("infra/service-runtime/jvm.flags");
  }
}
