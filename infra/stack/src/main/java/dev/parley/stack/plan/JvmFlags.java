package dev.parley.stack.plan;

import dev.parley.servers.Repository;
import java.util.List;
import java.util.stream.Stream;

/// How the JVMs of the stack are started, in one place.
///
/// The heaps are for a small machine: together with all else they stay under 3 GiB. The serial
/// collector has no threads of its own, which is what an idle stack of ten processes on two cores
/// wants.
enum JvmFlags {
  AUTH("-Xmx256m"), // a password takes 19 MiB while it is hashed
  MESSAGES("-Xmx320m"),
  PRESENCE("-Xmx128m"),
  GATEWAY("-Xmx256m"),
  ENTRY("-Xmx256m"); // two connections for each of up to 9,500 sessions

  private static final List<String> ALL =
      List.of(
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xshare:auto",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final String heap;

  JvmFlags(String heap) {
    this.heap = heap;
  }

  List<String> flags() {
    return Stream.of(List.of(heap), ALL, Repository.calm()).flatMap(List::stream).toList();
  }
}
