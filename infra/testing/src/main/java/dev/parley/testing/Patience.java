package dev.parley.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// How long a test waits for what happens by itself: far longer than it takes, since a machine that
/// builds may stand still for seconds, and a test that passes never waits so long.
public final class Patience {
  private static final Duration LONG = Duration.ofSeconds(60);

  private Patience() {}

  /// Awaitility's `await()`, which gives up after a minute.
  public static ConditionFactory await() {
    return Awaitility.await().atMost(LONG);
  }

  /// As [#await()], and says what was awaited when it does not come.
  public static ConditionFactory await(String what) {
    return Awaitility.await(what).atMost(LONG);
  }
}
