package dev.parley.runtime.trail;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Topics;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.runtime.problem.Problem;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Asks every gateway and every message-service what it remembers of a message: the question goes
/// out once by publish and subscribe, each answer comes into a list of the question's own.
/// Thread-safe; blocks.
public final class RedisTrail {
  static final String ANSWERS_LIVE_SECONDS = "30";

  private static final Logger LOG = Logger.getLogger(RedisTrail.class);
  private static final Duration LOOK = Duration.ofMillis(25);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration ROUND_TRIP = Duration.ofSeconds(1);

  private final Redis redis;
  private final RoutingKeys keys;
  private final TrailConfig config;
  private final Semaphore room;

  public RedisTrail(Redis redis, RoutingKeys keys, TrailConfig config) {
    this.redis = redis;
    this.keys = keys;
    this.config = config;
    this.room = new Semaphore(config.atOnce());
  }

  /// Asks for a message, and waits until all have answered or time is up.
  ///
  /// @param seq the event's number, 0 if the message is not in the log
  /// @throws Problem `rate_limited` if too many are asked for at once
  public Collected ask(UUID conversation, UUID message, long seq) throws InterruptedException {
    if (!room.tryAcquire()) {
      throw new Problem(
          ErrorCode.RATE_LIMITED, "Too many trails are asked for at once; try again.", AGAIN);
    }
    try {
      return collect(new Question(UUID.randomUUID(), conversation, message, seq));
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.debug("a trail could not be asked for", e);
      return Collected.NOTHING;
    } finally {
      room.release();
    }
  }

  private Collected collect(Question question)
      throws InterruptedException, ExecutionException, TimeoutException {
    long end = System.nanoTime() + config.patience().toNanos();
    Request leases = Request.cmd(Command.MGET);
    for (int slot = 1; slot <= Topics.SLOTS; slot++) {
      leases.arg(keys.lease(slot));
    }
    List<@Nullable Response> told =
        batch(
            leases,
            Request.cmd(Command.PUBLISH).arg(keys.trailQuestions()).arg(TrailJson.write(question)));
    Set<SlotAddress> gateways = gateways(Objects.requireNonNull(told.get(0)));
    int heard = Objects.requireNonNull(Objects.requireNonNull(told.get(1)).toInteger());
    Request list = Request.cmd(Command.LRANGE).arg(keys.trailAnswers(question.id())).arg(0).arg(-1);
    List<Answer> answers = List.of();
    while (true) {
      boolean late = System.nanoTime() - end >= 0;
      answers = answers(Objects.requireNonNull(batch(list).getFirst()));
      List<SlotAddress> silent = silent(gateways, answers);
      if (late || (answers.size() >= heard && silent.isEmpty())) {
        return new Collected(true, answers, silent, Math.max(0, heard - answers.size()));
      }
      Thread.sleep(LOOK);
    }
  }

  private static Set<SlotAddress> gateways(Response leases) {
    Set<SlotAddress> gateways = new HashSet<>();
    for (int slot = 1; slot <= leases.size(); slot++) {
      Response incarnation = leases.get(slot - 1);
      if (incarnation != null) {
        gateways.add(new SlotAddress(slot, incarnation.toString()));
      }
    }
    return gateways;
  }

  private static List<Answer> answers(Response list) {
    List<Answer> answers = new ArrayList<>();
    for (Response text : list) {
      try {
        answers.add(TrailJson.read(text.toString(), Answer.class));
      } catch (JsonProcessingException e) {
        // From a newer version: counted as given, so that nobody waits for it.
        answers.add(new Answer("unknown", null, List.of()));
      }
    }
    return answers;
  }

  private static List<SlotAddress> silent(Set<SlotAddress> gateways, List<Answer> answers) {
    Set<SlotAddress> silent = new HashSet<>(gateways);
    answers.forEach(answer -> silent.remove(SlotAddress.parse(answer.slot())));
    return silent.stream().sorted((a, b) -> Integer.compare(a.slot(), b.slot())).toList();
  }

  private List<@Nullable Response> batch(Request... requests)
      throws InterruptedException, ExecutionException, TimeoutException {
    return redis
        .batch(List.of(requests))
        .toCompletionStage()
        .toCompletableFuture()
        .get(ROUND_TRIP.toMillis(), TimeUnit.MILLISECONDS);
  }
}
