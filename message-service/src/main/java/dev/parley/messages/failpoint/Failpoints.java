package dev.parley.messages.failpoint;

/// Asked at each [Failpoint]; does nothing unless a test armed it.
@FunctionalInterface
public interface Failpoints {
  /// The only one in a build for production.
  Failpoints NONE = point -> {};

  /// This thread has come to `point`.
  void reach(Failpoint point);
}
