package dev.parley.gateway.slot;

import dev.parley.gateway.feed.Deliveries;

/// Has what was delivered compared with the heads of the log, one comparison at a time. A
/// comparison of all conversations that was asked for is owed until one that began after the asking
/// has succeeded: after an outage the message-service may come back later than Redis. Any thread.
final class Comparisons {
  private final Deliveries deliveries;
  private boolean underWay;
  private boolean allOwed;

  Comparisons(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /// Compares the conversations that were active lately, or all; soon.
  void compare(boolean all) {
    boolean whole;
    synchronized (this) {
      allOwed |= all;
      if (underWay) {
        return;
      }
      underWay = true;
      whole = allOwed;
      allOwed = false;
    }
    var _ =
        deliveries
            .compareHeads(whole)
            .whenComplete((nothing, problem) -> ended(whole, problem == null));
  }

  private void ended(boolean whole, boolean well) {
    boolean askedMeanwhile;
    synchronized (this) {
      underWay = false;
      askedMeanwhile = allOwed;
      allOwed |= whole && !well;
    }
    // One that failed is repeated at the next beat.
    if (well && askedMeanwhile) {
      compare(false);
    }
  }
}
