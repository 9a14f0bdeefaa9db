package dev.parley.auth.passwords;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hashes and checks passwords, a few at a time: each costs 19 MiB and 50 ms of a core, and a flood
/// of logins must not take the machine's memory. Whoever comes when the queue is full is told to
/// try again.
///
/// Thread-safe; blocks, so it is called on virtual threads and outside of transactions.
@ApplicationScoped
public class Passwords {
  /// Shorter ones are refused at registration, in characters.
  public static final int SHORTEST = 10;

  /// Longer ones are refused everywhere, in characters: long enough for every sentence.
  public static final int LONGEST = 256;

  private static final Argon2id CURRENT = Argon2id.RECOMMENDED;
  private static final Duration BUSY = Duration.ofSeconds(2);

  private final Semaphore admitted;
  private final Semaphore running;
  private final Timer timer;
  private final Counter refused;
  // What an unknown user's password is compared to, so that it takes as long as a known one's.
  private final String nobody = CURRENT.hash("nobody's password, which nothing is equal to");

  Passwords(PasswordConfig config, MeterRegistry meters) {
    running = new Semaphore(config.concurrency(), true);
    admitted = new Semaphore(config.concurrency() + config.waiting());
    timer = Timer.builder("parley.auth.hashing").register(meters);
    refused = meters.counter("parley.auth.hashing.refused");
    meters.gauge(
        "parley.auth.hashing.waiting",
        admitted,
        free -> config.concurrency() + config.waiting() - free.availablePermits());
  }

  /// The text to be stored for `password`.
  ///
  /// @throws Problem `unavailable` if too many wait already
  public String hash(String password) {
    return inTurn(() -> CURRENT.hash(normal(password)));
  }

  /// Whether `stored` was made of `password`. Takes the same time if `stored` is null, which is
  /// what to give for an unknown user.
  ///
  /// @throws Problem `unavailable` if too many wait already
  public boolean matches(String password, @Nullable String stored) {
    boolean equal =
        inTurn(() -> Argon2id.matches(normal(password), stored == null ? nobody : stored));
    return equal && stored != null;
  }

  /// Whether `stored` was made with parameters that are no longer today's.
  public boolean outdated(String stored) {
    return !CURRENT.made(stored);
  }

  private <T> T inTurn(Supplier<T> work) {
    if (!admitted.tryAcquire()) {
      refused.increment();
      throw new Problem(ErrorCode.UNAVAILABLE, "Too many are logging in right now.", BUSY);
    }
    try {
      running.acquireUninterruptibly();
      try {
        return timer.record(work);
      } finally {
        running.release();
      }
    } finally {
      admitted.release();
    }
  }

  // Keyboards and systems write one accented letter in several ways.
  private static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }
}
