package dev.parley.messages.ingest;

import java.util.Set;

/// Partitions of a batch have another owner, or moved without us; nothing of the batch is kept.
/// Expected when ownership moves, so it carries no stack trace.
final class Fenced extends Exception {
  private final transient Set<Integer> partitions;

  Fenced(Set<Integer> partitions) {
    super("partitions " + partitions + " are not ours as we know them", null, false, false);
    this.partitions = Set.copyOf(partitions);
  }

  Set<Integer> partitions() {
    return partitions;
  }
}
