package dev.parley.stack.supervisor;

import java.time.Duration;
import java.util.List;

/// Is told what happens. Called on any thread; must not block for long.
public interface Reporter {
  void starting(String name);

  void ready(String name, Duration after);

  /// It died.
  ///
  /// @param exitCode 128 + n if signal n ended it
  /// @param logTail the end of its log
  /// @param restartIn when it will be started again
  void crashed(String name, int exitCode, List<String> logTail, Duration restartIn);

  /// It was to be started and could not be.
  void failed(String name, String why);

  void stopping(String name);
}
