package dev.parley.gateway.protocol;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// How long this machine has stood still: a thread that wants to run all the time notes when it
/// could not. Any thread.
final class Stalls implements AutoCloseable {
  private static final long BEAT = Duration.ofMillis(10).toNanos();

  /// A shorter wait is a busy processor's, of which the tests' subject may be the cause.
  private static final long NOTED = Duration.ofMillis(500).toNanos();

  private long last = System.nanoTime();
  private long total;
  private volatile boolean over;

  Stalls() {
    Thread.ofPlatform()
        .daemon()
        .name("stalls")
        .start(() -> {
          while (!over) {
            LockSupport.parkNanos(BEAT);
            count();
          }
        });
  }

  /// Nanoseconds since it was made.
  long nanos() {
    return count();
  }

  // Whoever comes first after a stall counts it.
  private synchronized long count() {
    long now = System.nanoTime();
    if (now - last > NOTED) {
      total += now - last;
    }
    last = now;
    return total;
  }

  @Override
  public void close() {
    over = true;
  }
}
