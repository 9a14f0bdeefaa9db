package dev.parley.presence.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Round trips to Redis that block for a bounded time; never on an event loop. Thread-safe.
public final class RedisCalls {
  private final Redis redis;
  private final Duration timeout;
  private final Counter done;
  private final Counter failed;

  public RedisCalls(Redis redis, Duration timeout, MeterRegistry metrics) {
    this.redis = redis;
    this.timeout = timeout;
    this.done = metrics.counter("parley.presence.redis", "result", "done");
    this.failed = metrics.counter("parley.presence.redis", "result", "failed");
  }

  /// The answers to `requests`, sent in one round trip. No two answers are of one moment.
  ///
  /// @throws RedisDown if they do not come in time, or one is an error
  public List<@Nullable Response> batch(List<Request> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    try {
      List<@Nullable Response> answers =
          redis
              .batch(requests)
              .toCompletionStage()
              .toCompletableFuture()
              .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      done.increment(requests.size());
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisDown("interrupted");
    } catch (ExecutionException e) {
      failed.increment();
      throw new RedisDown(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      failed.increment();
      throw new RedisDown("no answer within " + timeout);
    }
  }

  /// The answer to `request`.
  ///
  /// @throws RedisDown if it does not come in time, or is an error
  public @Nullable Response call(Request request) {
    return batch(List.of(request)).getFirst();
  }
}
