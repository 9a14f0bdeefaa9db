package dev.parley.runtime.token;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The public keys as last read from a [KeySource]. They are read again in the background at a slow
/// beat, so that withdrawn keys go, and at once for an unknown `kid`, but never more often than
/// [TokenConfig#refetchInterval()]: a flood of invented names costs the auth-service nothing.
///
/// Thread-safe. Nothing here blocks; what has to wait is completed on the thread of the source.
final class Keyring implements AutoCloseable {
  /// The outcome of a search.
  ///
  /// @param key null if no published key has that name
  /// @param current false if the keys could not be read when they had to be
  record Found(@Nullable VerificationKey key, boolean current) {}

  private static final Logger LOG = Logger.getLogger(Keyring.class);

  private final KeySource source;
  private final long refetchNanos;
  private final Duration refresh;
  private final LongSupplier nanoTime;
  private volatile Map<String, VerificationKey> keys = Map.of();
  private volatile String problem = "they are being read for the first time";
  private volatile boolean closed;

  // Guarded by this.
  private @Nullable CompletableFuture<Boolean> reading;
  private boolean lastSucceeded;
  private long lastStart;

  Keyring(KeySource source, TokenConfig config, LongSupplier nanoTime) {
    this.source = source;
    this.refetchNanos = config.refetchInterval().toNanos();
    this.refresh = config.refreshInterval();
    this.nanoTime = nanoTime;
    this.lastStart = nanoTime.getAsLong() - refetchNanos;
  }

  /// Reads the keys for the first time and from then on again and again, until closed. While none
  /// are known it tries at the interval of refetches.
  void keepFresh() {
    if (closed) {
      return;
    }
    CompletionStage<Boolean> read = read();
    read.thenAccept(succeeded -> {
      long millis =
          keys.isEmpty() ? TimeUnit.NANOSECONDS.toMillis(refetchNanos) : refresh.toMillis();
      CompletableFuture.delayedExecutor(Math.max(millis, 1), TimeUnit.MILLISECONDS)
          .execute(this::keepFresh);
    });
  }

  boolean loaded() {
    return !keys.isEmpty();
  }

  /// Why the last read failed; says something only until the first one succeeds.
  String problem() {
    return problem;
  }

  CompletionStage<Found> find(String kid) {
    VerificationKey known = keys.get(kid);
    if (known != null) {
      return CompletableFuture.completedStage(new Found(known, true));
    }
    return read().thenApply(succeeded -> new Found(keys.get(kid), succeeded));
  }

  @Override
  public void close() {
    closed = true;
  }

  // The running read, a new one, or within the interval the outcome of the last one.
  private CompletionStage<Boolean> read() {
    CompletableFuture<Boolean> started;
    synchronized (this) {
      if (reading != null) {
        return reading;
      }
      long now = nanoTime.getAsLong();
      if (now - lastStart < refetchNanos) {
        return CompletableFuture.completedStage(lastSucceeded);
      }
      lastStart = now;
      started = new CompletableFuture<>();
      reading = started;
    }
    begin().whenComplete((read, failure) -> finish(started, read, failure));
    return started;
  }

  private CompletionStage<Map<String, VerificationKey>> begin() {
    try {
      return source.read();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void finish(
      CompletableFuture<Boolean> started,
      @Nullable Map<String, VerificationKey> read,
      @Nullable Throwable failure) {
    if (read != null) {
      keys = Map.copyOf(read);
    } else {
      Throwable cause = failure instanceof CompletionException c ? c.getCause() : failure;
      problem = String.valueOf(cause);
      LOG.warnf("the keys of access tokens could not be read: %s", cause);
    }
    synchronized (this) {
      reading = null;
      lastSucceeded = read != null;
    }
    started.complete(read != null);
  }
}
