package dev.parley.gateway.command;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// The W3C trace context that a command gets where it enters: the objects of a client carry none.
final class TraceParent {
  private static final HexFormat HEX = HexFormat.of();

  private TraceParent() {}

  /// A new trace, not sampled, so that logs of all services can be joined by it.
  static String fresh() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    // Ids of zeros alone are invalid; one bit that is always set rules them out.
    return "00-"
        + HEX.toHexDigits(random.nextLong() | 1)
        + HEX.toHexDigits(random.nextLong())
        + "-"
        + HEX.toHexDigits(random.nextLong() | 1)
        + "-00";
  }
}
