package dev.parley.gateway.route;

import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.redis.RedisConfig;
import dev.parley.gateway.redis.RedisLink;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Keeps this gateway's routes in Redis: `route:{K:ID}` is a set with one member,
/// `slot.incarnation`, per interested gateway; it expires after [RoutingKeys#ROUTE_TTL_SECONDS]
/// unless somebody writes it again. This gateway adds and removes its own member only.
///
/// Writes go out in batches, one at a time, whoever asks. Any thread; nothing blocks.
@ApplicationScoped
public class RedisRoutes implements Routes {
  private static final int BATCH = 500;
  private static final long TICK_MILLIS = 1000;

  private final RedisLink redis;
  private final RoutingKeys keys;
  private final RouteBook book;
  private final long refreshNanos;
  private @Nullable SlotAddress member;
  private @Nullable CompletableFuture<Boolean> allRecorded;
  private boolean unreachable;
  private long refreshedNanos = System.nanoTime();

  RedisRoutes(
      RedisLink redis, RedisConfig config, RouteConfig routes, Vertx vertx, MeterRegistry meters) {
    this.redis = redis;
    this.keys = new RoutingKeys(config.keyPrefix().orElse(""));
    this.book = new RouteBook(routes.linger().toNanos());
    this.refreshNanos = routes.refresh().toNanos();
    meters.gauge("parley.gateway.routes", this, RedisRoutes::size);
    vertx.setPeriodic(TICK_MILLIS, id -> tick());
  }

  /// Records from now on under `address`, everything that is wanted included.
  public synchronized void begin(SlotAddress address) {
    member = address;
    book.writeAgain();
  }

  /// Records everything that is wanted again. Completes with whether it is all recorded; a failure
  /// ends the attempt.
  public CompletionStage<Boolean> recordAll() {
    CompletableFuture<Boolean> done;
    synchronized (this) {
      if (allRecorded != null) {
        return allRecorded;
      }
      done = new CompletableFuture<>();
      allRecorded = done;
      unreachable = false;
      refreshedNanos = System.nanoTime();
      book.writeAgain();
    }
    write();
    return done;
  }

  @Override
  public CompletionStage<Void> record(Route route) {
    CompletableFuture<Void> recorded;
    synchronized (this) {
      recorded = book.want(route);
      if (unreachable && !recorded.isDone()) {
        return CompletableFuture.completedStage(null);
      }
    }
    write();
    return recorded;
  }

  @Override
  public synchronized void release(Route route) {
    book.release(route, System.nanoTime());
  }

  private synchronized int size() {
    return book.size();
  }

  private void tick() {
    synchronized (this) {
      if (System.nanoTime() - refreshedNanos > refreshNanos) {
        refreshedNanos = System.nanoTime();
        book.writeAgain();
      }
    }
    write();
  }

  private void write() {
    SlotAddress as;
    RouteBook.Batch batch;
    CompletableFuture<Boolean> settled = null;
    synchronized (this) {
      as = member;
      batch = as == null ? null : book.next(BATCH, System.nanoTime());
      if (batch == null && book.settled()) {
        settled = allRecorded;
        allRecorded = null;
      }
    }
    if (settled != null) {
      settled.complete(true);
    }
    if (as != null && batch != null) {
      redis
          .batch(requests(batch, as))
          .whenComplete((responses, problem) -> wrote(as, problem == null));
    }
  }

  private void wrote(SlotAddress as, boolean well) {
    List<CompletableFuture<Void>> done;
    CompletableFuture<Boolean> failed = null;
    synchronized (this) {
      boolean counts = well && as.equals(member);
      done = counts ? book.written() : book.failed(System.nanoTime());
      if (well) {
        unreachable = false;
      } else {
        // Nobody waits for Redis while it is away; the next tick tries again.
        unreachable = true;
        failed = allRecorded;
        allRecorded = null;
      }
    }
    done.forEach(awaited -> awaited.complete(null));
    if (failed != null) {
      failed.complete(false);
    }
    if (well) {
      write();
    }
  }

  private List<Request> requests(RouteBook.Batch batch, SlotAddress as) {
    List<Request> requests = new ArrayList<>();
    for (Route route : batch.added()) {
      String key = keys.route(route);
      requests.add(Request.cmd(Command.SADD).arg(key).arg(as.toString()));
      requests.add(Request.cmd(Command.EXPIRE).arg(key).arg(RoutingKeys.ROUTE_TTL_SECONDS));
    }
    for (Route route : batch.removed()) {
      requests.add(Request.cmd(Command.SREM).arg(keys.route(route)).arg(as.toString()));
    }
    return requests;
  }
}
