package dev.parley.chaos.stack;

import dev.parley.chaos.schedule.Topology;

/// What a process of a stack of our own may hold.
final class Allowance {
  private Allowance() {}

  /// Bytes: the heap of a JVM as the stack sets it, and what a JVM needs besides.
  static long of(String process) {
    long mebibytes =
        switch (Topology.kind(process)) {
          case Topology.KAFKA -> 384 + 300;
          case Topology.MESSAGES -> 320 + 300;
          case Topology.POSTGRES -> 600;
          case Topology.REDIS -> 100;
          default -> 256 + 300;
        };
    return mebibytes << 20;
  }
}
