package dev.parley.chaos.proxy;

import java.time.Duration;

/// How a link is.
public sealed interface Condition {
  /// Passes everything on at once.
  Condition WHOLE = new Whole();

  /// As it should be.
  record Whole() implements Condition {}

  /// Nobody listens: new connections are refused, the others were closed.
  record Cut() implements Condition {}

  /// All connections are reset when it begins, and again after each `every`; in between they work.
  record Resets(Duration every) implements Condition {}

  /// Everything takes this much longer in each direction.
  record Slow(Duration delay) implements Condition {}

  /// Connections open and stay open, and nothing that is said on them arrives, their end included:
  /// the other side has gone without a word. Those that were open meanwhile are reset when it ends,
  /// since what was said on them is lost.
  record HalfOpen() implements Condition {}

  /// So many bytes a second pass in each direction of each connection.
  record Drip(int bytesPerSecond) implements Condition {}
}
