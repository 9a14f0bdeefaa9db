package dev.parley.auth.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final RateLimit limit = new RateLimit(2, "Too many.", nanos::get);

  @Test
  void oneTooManyIsToldWhenToTryAgain() {
    limit.use("a");
    pass(Duration.ofSeconds(20));
    limit.use("a");
    Problem refused = assertThrows(Problem.class, () -> limit.use("a"));
    assertEquals(ErrorCode.RATE_LIMITED, refused.code());
    assertEquals(40_001, refused.retryAfter().toMillis());
  }

  @Test
  void aNewWindowBeginsAfterAMinute() {
    limit.use("a");
    limit.use("a");
    pass(Duration.ofSeconds(60));
    limit.use("a");
    assertEquals(1, limit.size());
  }

  @Test
  void keysDoNotCountForEachOther() {
    limit.use("a");
    limit.use("a");
    limit.use("b");
    assertEquals(2, limit.size());
  }

  @Test
  void whatIsUndoneDoesNotCount() {
    for (int i = 0; i < 5; i++) {
      limit.use("a").undo();
    }
    limit.use("a");
    limit.use("a");
    assertThrows(Problem.class, () -> limit.use("a"));
  }

  @Test
  void theNumberOfKeysIsBounded() {
    for (int i = 0; i < RateLimit.MOST_KEYS + 10; i++) {
      limit.use("k" + i);
    }
    assertEquals(RateLimit.MOST_KEYS, limit.size());
  }

  /// A username of 256 characters can be one of 4,608 in its normal form: a hundred thousand of
  /// them would fill the heap.
  @Test
  void longKeysAreKeptAsHashes() {
    String longest = "x".repeat(4608);
    limit.use(longest + "a");
    limit.use(longest + "b");
    limit.use(longest + "b");
    assertEquals(
        Set.of(RateLimit.Hash.of(longest + "a"), RateLimit.Hash.of(longest + "b")), limit.keys());
    assertThrows(Problem.class, () -> limit.use(longest + "b"));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
