package dev.parley.chaos.check;

import java.io.IOException;

/// Judges a run by all invariants.
public final class Checker {
  private Checker() {}

  /// Reads everything and judges. Takes memory for the log and for one device at a time.
  ///
  /// @throws IOException if a history cannot be read
  public static Verdict check(Evidence evidence) throws IOException {
    return new Trial(evidence).verdict();
  }
}
