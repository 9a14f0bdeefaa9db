package dev.parley.runtime.trail;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Hears questions on a connection of its own and answers from what this process remembers. More
/// than a few questions at a time are not answered: whoever asks is told who was silent. Without
/// Redis it tries again, quietly: others say that Redis is away.
public final class RedisTrailAnswers {
  private static final Logger LOG = Logger.getLogger(RedisTrailAnswers.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// A link that swallows everything is found out by asking for a sign of life.
  private static final Duration BEAT = Duration.ofSeconds(3);

  private static final int AT_ONCE = 8;

  private final Redis redis;
  private final RoutingKeys keys;
  private final TrailRing ring;
  private final String service;
  private final Supplier<Optional<SlotAddress>> slot;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final Thread thread = Thread.ofVirtual().name("trail").unstarted(this::run);

  /// @param service the kind of this process
  /// @param slot what a gateway holds now
  public RedisTrailAnswers(
      Redis redis,
      RoutingKeys keys,
      TrailRing ring,
      String service,
      Supplier<Optional<SlotAddress>> slot) {
    this.redis = redis;
    this.keys = keys;
    this.ring = ring;
    this.service = service;
    this.slot = slot;
  }

  /// Begins to listen, until [#stop()].
  public void start() {
    thread.start();
  }

  /// Ends it.
  public void stop() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        try {
          listen();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
          LOG.debug("questions for trails are not heard", e);
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      LOG.debug("asked to stop");
    }
  }

  private void listen() throws InterruptedException, ExecutionException, TimeoutException {
    RedisConnection connection = get(redis.connect());
    try {
      CompletableFuture<Void> ended = new CompletableFuture<>();
      connection
          .handler(this::heard)
          .exceptionHandler(problem -> ended.complete(null))
          .endHandler(end -> ended.complete(null));
      get(connection.send(Request.cmd(Command.SUBSCRIBE).arg(keys.trailQuestions())));
      while (!ended.isDone()) {
        try {
          ended.get(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException alive) {
          get(connection.send(Request.cmd(Command.PING)));
        }
      }
    } finally {
      Future<Void> _ = connection.close();
    }
  }

  /// On Redis' event loop.
  private void heard(Response message) {
    if (message.size() != 3 || !message.get(0).toString().equals("message")) {
      return;
    }
    String question = message.get(2).toString();
    if (room.tryAcquire()) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              answer(TrailJson.read(question, Question.class));
            } catch (JsonProcessingException e) {
              LOG.debug("a question that is none", e);
            } finally {
              room.release();
            }
          });
    }
  }

  private void answer(Question question) {
    List<TrailRing.Entry> entries =
        ring.find(question.conversation(), question.message(), question.seq());
    String address = slot.get().map(SlotAddress::toString).orElse(null);
    String list = keys.trailAnswers(question.id());
    redis
        .batch(
            List.of(
                Request.cmd(Command.RPUSH)
                    .arg(list)
                    .arg(TrailJson.write(new Answer(service, address, entries))),
                Request.cmd(Command.EXPIRE).arg(list).arg(RedisTrail.ANSWERS_LIVE_SECONDS)))
        .onFailure(e -> LOG.debug("a trail was not answered", e));
  }

  private static <T extends @Nullable Object> T get(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
