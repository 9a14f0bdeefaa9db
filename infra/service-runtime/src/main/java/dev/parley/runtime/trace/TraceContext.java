package dev.parley.runtime.trace;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The place in a trace that travels with a record: W3C's `traceparent`.
///
/// @param trace 32 hexadecimal digits
/// @param span 16 hexadecimal digits: the span that what follows is a child of
/// @param sampled whether spans are left
public record TraceContext(String trace, String span, boolean sampled) {
  private static final HexFormat HEX = HexFormat.of();
  private static final int LENGTH = 55;

  /// A new trace.
  public static TraceContext fresh(boolean sampled) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    // Ids of zeros alone are invalid; one bit that is always set rules them out.
    String trace = HEX.toHexDigits(random.nextLong() | 1) + HEX.toHexDigits(random.nextLong());
    return new TraceContext(trace, newSpan(), sampled);
  }

  /// What `traceparent` says, null if it is none.
  public static @Nullable TraceContext parse(@Nullable String traceparent) {
    if (traceparent == null
        || traceparent.length() != LENGTH
        || !traceparent.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")) {
      return null;
    }
    return new TraceContext(
        traceparent.substring(3, 35), traceparent.substring(36, 52), sampled(traceparent));
  }

  /// Whether a `traceparent` says that spans are left, without looking at the rest of it.
  public static boolean sampled(@Nullable String traceparent) {
    return traceparent != null
        && traceparent.length() == LENGTH
        && traceparent.charAt(LENGTH - 1) == '1';
  }

  /// The same of its bytes: every record is asked.
  public static boolean sampled(byte @Nullable [] traceparent) {
    return traceparent != null && traceparent.length == LENGTH && traceparent[LENGTH - 1] == '1';
  }

  /// The place below this one.
  public TraceContext child() {
    return new TraceContext(trace, newSpan(), sampled);
  }

  /// As records carry it.
  public String traceparent() {
    return "00-" + trace + "-" + span + (sampled ? "-01" : "-00");
  }

  private static String newSpan() {
    return HEX.toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
  }
}
