package dev.parley.chaos.check;

/// Counts as the histories are read.
final class Counts {
  long devices;
  long torn;
  long connections;
  long rows;
  long acknowledged;
  long repeated;
  long ambiguous;
  long ambiguousApplied;
  long events;
  long pages;
  long readsAfterAcknowledge;
  long behind;
  long excused;

  Tally tally() {
    return new Tally(
        devices,
        torn,
        connections,
        rows,
        acknowledged,
        repeated,
        ambiguous,
        ambiguousApplied,
        events,
        pages,
        readsAfterAcknowledge,
        behind,
        excused);
  }
}
