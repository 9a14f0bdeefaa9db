package dev.parley.auth.limits;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// At most so many uses per key and minute: a window opens at a key's first use and ends a minute
/// later. A use is counted when it begins, so that many at once do not slip through; [Use#undo()]
/// takes it back.
///
/// Thread-safe. Holds at most [#MOST_KEYS] windows, some 100 bytes each however long the keys are,
/// since it keeps hashes of them; if more keys are active within a minute, those that began first
/// are forgotten, which only ever lets more through. Counts are this process's own: with several
/// auth-services the limit applies to each.
final class RateLimit {
  static final int MOST_KEYS = 100_000;

  /// One counted use.
  interface Use {
    /// Takes the use back, for example when a login has succeeded.
    void undo();
  }

  /// The first half of the SHA-256 of a key.
  record Hash(long high, long low) {
    static Hash of(String key) {
      try {
        ByteBuffer hash =
            ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        return new Hash(hash.getLong(), hash.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  private static final class Window {
    final long start;
    int uses;

    Window(long start) {
      this.start = start;
    }
  }

  private static final long LENGTH = Duration.ofMinutes(1).toNanos();

  private final int most;
  private final String detail;
  private final LongSupplier nanoTime;
  // In the order in which windows began. Guarded by itself.
  private final Map<Hash, Window> windows = new LinkedHashMap<>();

  RateLimit(int most, String detail, LongSupplier nanoTime) {
    this.most = most;
    this.detail = detail;
    this.nanoTime = nanoTime;
  }

  /// Counts a use of `key`.
  ///
  /// @throws Problem `rate_limited`, with the time to the end of the window, if it is one too many
  Use use(String key) {
    Hash hash = Hash.of(key);
    long now = nanoTime.getAsLong();
    synchronized (windows) {
      forgetEnded(now);
      Window window = windows.computeIfAbsent(hash, k -> new Window(now));
      if (window.uses >= most) {
        Duration wait = Duration.ofNanos(LENGTH - (now - window.start));
        throw new Problem(ErrorCode.RATE_LIMITED, detail, wait.plusMillis(1));
      }
      window.uses++;
      return () -> undo(window);
    }
  }

  Set<Hash> keys() {
    synchronized (windows) {
      return Set.copyOf(windows.keySet());
    }
  }

  int size() {
    synchronized (windows) {
      return windows.size();
    }
  }

  private void undo(Window window) {
    synchronized (windows) {
      window.uses--;
    }
  }

  private void forgetEnded(long now) {
    var oldest = windows.values().iterator();
    while (oldest.hasNext()
        && (now - oldest.next().start >= LENGTH || windows.size() >= MOST_KEYS)) {
      oldest.remove();
    }
  }
}
