package dev.parley.messages.fanout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The records of one hand-over to Kafka, some of which may not be acknowledged yet. Thread-safe.
public final class Distribution {
  private final CompletableFuture<?> acknowledged;

  Distribution(CompletableFuture<?> acknowledged) {
    this.acknowledged = acknowledged;
  }

  /// Nothing had to be sent.
  public static Distribution nothing() {
    return new Distribution(CompletableFuture.completedFuture(null));
  }

  /// It did not come to sending.
  public static Distribution failedWith(Throwable cause) {
    return new Distribution(CompletableFuture.failedFuture(cause));
  }

  /// Whether Kafka has every record.
  public boolean acknowledged() {
    return acknowledged.isDone() && !acknowledged.isCompletedExceptionally();
  }

  /// Whether Kafka refused a record, or did not answer in time: distribute again from the log.
  public boolean failed() {
    return acknowledged.isCompletedExceptionally();
  }

  /// Waits for the acknowledgements, at most as long as `limit`.
  ///
  /// @return whether all came
  public boolean await(Duration limit) throws InterruptedException {
    try {
      acknowledged.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
