package dev.parley.chaos.check;

import dev.parley.chaos.check.ConversationLog.Bounds;

/// Holds one conversation's log to TIME_ORDER: by the harness's clock nothing stands behind what
/// was seen before it was asked for, and by the log's own times it never goes back.
final class TimeOrder {
  private TimeOrder() {}

  static void check(ConversationLog log, Bounds bounds, Findings findings) {
    Logged before = null;
    for (Logged row : log.rows()) {
      if (before != null && row.time() < before.time()) {
        findings.add(
            Suspicion.ofLog(Invariant.TIME_ORDER, row, "is earlier than the row before it"));
      }
      before = row;
      if (log.askedAt(row) > bounds.committedBefore(row.seq())) {
        findings.add(
            Suspicion.ofLog(
                Invariant.TIME_ORDER,
                row,
                "was asked for at %.3f s, and it or what stands behind it was seen at %.3f s"
                    .formatted(log.askedAt(row) / 1e6, bounds.committedBefore(row.seq()) / 1e6)));
      }
    }
  }
}
