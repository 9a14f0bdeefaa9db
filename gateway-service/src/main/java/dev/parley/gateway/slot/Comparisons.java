package dev.parley.gateway.slot;

import dev.parley.gateway.feed.Deliveries;

/// Has everything compared with the log after an outage, one comparison at a time. One that was
/// asked for is owed until one that began after the asking has succeeded: the message-service may
/// come back later than Redis. Any thread.
final class Comparisons {
  private final Deliveries deliveries;
  private boolean underWay;
  private boolean owed;

  Comparisons(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /// Compares, soon.
  void compare() {
    synchronized (this) {
      owed = true;
    }
    beat();
  }

  /// Compares if that is owed.
  void beat() {
    synchronized (this) {
      if (underWay || !owed) {
        return;
      }
      underWay = true;
      owed = false;
    }
    var _ = deliveries.compareAll().whenComplete((nothing, problem) -> ended(problem == null));
  }

  private void ended(boolean well) {
    synchronized (this) {
      underWay = false;
      owed |= !well;
    }
    // One that failed is repeated at the next beat.
    if (well) {
      beat();
    }
  }
}
