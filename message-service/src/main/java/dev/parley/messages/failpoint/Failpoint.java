package dev.parley.messages.failpoint;

/// The moments that matter when a process dies.
public enum Failpoint {
  /// Statements of a batch have run, its transaction is open.
  MID_BATCH,
  /// A batch is committed, nothing of it is distributed.
  COMMITTED,
  /// Routes are known, nothing is produced.
  ROUTED
}
