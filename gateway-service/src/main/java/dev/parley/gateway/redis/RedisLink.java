package dev.parley.gateway.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One connection to Redis for leases and routes: what is sent on it arrives in order, and when it
/// is lost, what Redis holds may be lost with it. Each loss is counted in [#losses()]; whoever
/// keeps something in Redis compares that count before and after. The next command connects again.
///
/// Any thread; nothing blocks. A command that gets no answer within the configured patience fails
/// and ends the connection, and so do all that were sent after it.
@ApplicationScoped
public class RedisLink {
  private static final Logger LOG = Logger.getLogger(RedisLink.class);

  private final Redis redis;
  private final long patienceMillis;
  private final Counter operations;
  private final Counter failures;
  private final AtomicLong losses = new AtomicLong();
  private @Nullable Future<RedisConnection> connection;

  RedisLink(Redis redis, RedisConfig config, MeterRegistry registry) {
    this.redis = redis;
    this.patienceMillis = config.patience().toMillis();
    this.operations =
        Counter.builder("parley.gateway.redis.operations")
            .description("commands sent to Redis")
            .register(registry);
    this.failures =
        Counter.builder("parley.gateway.redis.failures")
            .description("round trips to Redis that failed")
            .register(registry);
  }

  /// How many connections were lost so far. What was written while the count was the same was
  /// written to the same server.
  public long losses() {
    return losses.get();
  }

  /// Sends one command; empty is Redis' nil.
  public CompletionStage<Optional<Response>> send(Request request) {
    return batch(List.of(request)).thenApply(all -> Optional.ofNullable(all.getFirst()));
  }

  /// Sends commands in one round trip.
  public CompletionStage<List<@Nullable Response>> batch(List<Request> requests) {
    operations.increment(requests.size());
    Future<RedisConnection> connected = connected();
    return connected
        .compose(made -> made.batch(requests))
        .timeout(patienceMillis, TimeUnit.MILLISECONDS)
        .onFailure(problem -> {
          failures.increment();
          lost(connected, problem);
        })
        .toCompletionStage();
  }

  /// Gives the connection up.
  void breakOff(Throwable problem) {
    Future<RedisConnection> current;
    synchronized (this) {
      current = connection;
    }
    if (current != null) {
      lost(current, problem);
    }
  }

  @PreDestroy
  synchronized void close() {
    if (connection != null) {
      connection.onSuccess(RedisConnection::close);
    }
  }

  private synchronized Future<RedisConnection> connected() {
    if (connection == null) {
      Future<RedisConnection> connecting = redis.connect();
      connection = connecting;
      connecting.onSuccess(made -> {
        made.exceptionHandler(problem -> lost(connecting, problem));
        made.endHandler(ended -> lost(connecting, new IllegalStateException("closed")));
      });
    }
    return connection;
  }

  // Identity: a connection that failed must not take its successor with it.
  @SuppressWarnings("ReferenceEquality")
  private void lost(Future<RedisConnection> which, Throwable problem) {
    synchronized (this) {
      if (connection != which) {
        return;
      }
      connection = null;
    }
    losses.incrementAndGet();
    LOG.warnf("The connection to Redis is lost: %s", problem.getMessage());
    which.onSuccess(RedisConnection::close);
  }
}
