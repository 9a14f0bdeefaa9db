package dev.parley.system;

import dev.parley.testing.Patience;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/// Does again what cannot be done now, as clients are asked to: services that stood still for some
/// seconds say so to each other, and then to whoever asked.
final class Again {
  private static final Duration LATER = Duration.ofMillis(200);

  private Again() {}

  /// The first answer that is one, within a minute or so. On an interrupt it gives up.
  ///
  /// @param what is asked
  static <T> T until(String what, Callable<T> asked, Predicate<T> answered) throws Exception {
    T first = asked.call();
    return answered.test(first)
        ? first
        : Patience.await(what).pollInterval(LATER).until(asked, answered);
  }
}
