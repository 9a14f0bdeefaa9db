package dev.parley.gateway.slot;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.Topics;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.feed.Deliveries;
import dev.parley.gateway.redis.RedisConfig;
import dev.parley.gateway.redis.RedisLink;
import dev.parley.gateway.route.RedisRoutes;
import dev.parley.gateway.route.Slot;
import dev.parley.gateway.route.SlotChange;
import dev.parley.runtime.kafka.KafkaTopics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Claims a slot, reads it, keeps it, and starts over when it is lost.
///
/// One thread does all of it, one life after the other. Redis out of reach is not a lost slot: the
/// gateway goes on, and, since it may have been cut off from routing, compares everything with the
/// log once its routes are recorded again. The slot is lost when another gateway holds it, when
/// this process stood still for longer than the lease (by its own monotonic clock: others took it
/// for dead), and when reading broke off (the position is out of range). Then nothing more is
/// accepted, all sessions are told to reconnect, and a new slot is claimed under a new incarnation.
@ApplicationScoped
public class SlotKeeper implements Slot {
  private static final Logger LOG = Logger.getLogger(SlotKeeper.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  // After the observers that let sessions go: what they are still owed is read until then.
  private static final int LATE = 4000;

  private final RedisLink redis;
  private final RedisRoutes routes;
  private final Deliveries deliveries;
  private final KafkaTopics kafkaTopics;
  private final Topics topics;
  private final Map<String, Object> kafka;
  private final SlotConfig config;
  private final RoutingKeys keys;
  private final SlotClaim claim;
  private final SlotMetrics metrics;
  private final Event<SlotChange> changes;
  private final AtomicReference<@Nullable SlotAddress> address = new AtomicReference<>();
  private final Comparisons comparisons;
  private final Standstill standstill;
  private volatile boolean stopped;
  private volatile String phase = "it has just started";
  private volatile @Nullable Thread thread;

  SlotKeeper(
      RedisLink redis,
      RedisRoutes routes,
      Deliveries deliveries,
      KafkaTopics kafkaTopics,
      Topics topics,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      SlotConfig config,
      RedisConfig redisConfig,
      SlotMetrics metrics,
      Event<SlotChange> changes) {
    if (redisConfig.patience().multipliedBy(2).compareTo(config.lease()) > 0) {
      throw new IllegalStateException(
          "parley.gateway.slot.lease (%s) must be at least twice parley.redis.patience (%s)"
              .formatted(config.lease(), redisConfig.patience()));
    }
    this.redis = redis;
    this.routes = routes;
    this.deliveries = deliveries;
    this.comparisons = new Comparisons(deliveries);
    this.kafkaTopics = kafkaTopics;
    this.topics = topics;
    this.kafka = kafka;
    this.config = config;
    this.keys = new RoutingKeys(redisConfig.keyPrefix().orElse(""));
    this.claim = new SlotClaim(redis, keys, config.lease());
    this.metrics = metrics;
    this.changes = changes;
    this.standstill = new Standstill(config.lease(), System::nanoTime);
  }

  @Override
  public Optional<SlotAddress> address() {
    // One that stood still for too long is over before its thread has seen that.
    return standstill.tooLong() ? Optional.empty() : Optional.ofNullable(address.get());
  }

  /// Why this gateway has no slot, null if it has one.
  @Nullable String problem() {
    if (address().isPresent()) {
      return null;
    }
    String claiming = claim.problem();
    if (claiming != null) {
      return "No slot can be claimed: " + claiming;
    }
    return address.get() == null ? "No slot yet: " + phase : "The process stood still too long.";
  }

  /// Whether what claims and keeps slots is at work.
  boolean atWork() {
    Thread running = thread;
    return running == null || running.isAlive();
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().daemon().name("slot").start(this::run);
  }

  void stop(@Observes @Priority(LATE) ShutdownEvent event) throws InterruptedException {
    stopped = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      running.join(Duration.ofSeconds(5));
    }
  }

  private void run() {
    try {
      phase = "the topics of deliveries are not made yet; Kafka may be away";
      ensureTopics();
      while (!stopped) {
        liveOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void liveOnce() throws InterruptedException {
    try {
      live(claim.next());
    } catch (RuntimeException | Error e) {
      // Of whatever kind: this thread must live, or its sessions would wait for ever.
      LOG.error("The slot could not be kept; starting over", e);
      deliveries.closeAll(CloseCode.RESTART, reconnect());
      Thread.sleep(PAUSE);
    }
  }

  private void ensureTopics() throws InterruptedException {
    while (!stopped) {
      try {
        kafkaTopics.ensure(List.of(topics.deliveries(), topics.signalDeliveries()));
        return;
      } catch (IllegalStateException e) {
        LOG.warnf("Deliveries cannot be read yet: %s; trying again", e.getMessage());
        Thread.sleep(PAUSE);
      }
    }
  }

  private void live(SlotAddress claimed) throws InterruptedException {
    AtomicReference<@Nullable String> broken = new AtomicReference<>();
    AtomicBoolean over = new AtomicBoolean();
    Thread keeper = Thread.currentThread();
    standstill.beat();
    routes.begin(claimed);
    phase = "Kafka has not told where the slot ends";
    DeliveryConsumer consumer =
        new DeliveryConsumer(
            kafka,
            topics,
            claimed,
            deliveries,
            metrics,
            new DeliveryConsumer.Watch() {
              @Override
              public void positioned() {
                synchronized (over) {
                  if (over.get()) {
                    return;
                  }
                  address.set(claimed);
                }
                metrics.holds(claimed.slot());
                LOG.infof("Slot %d is this gateway's, as %s", claimed.slot(), claimed);
                changes.fire(new SlotChange.Claimed(claimed));
              }

              @Override
              public void broken(String reason) {
                broken.set("reading broke off: " + reason);
                LockSupport.unpark(keeper);
              }
            });
    Thread reading = Thread.ofPlatform().daemon().name("deliveries").start(consumer);
    SlotHold hold = new SlotHold(redis, routes, keys, claimed, config.lease());
    try {
      String reason = keep(claimed, hold, broken);
      lose(claimed, reason);
    } finally {
      synchronized (over) {
        over.set(true);
        address.set(null);
      }
      consumer.stop();
      if (stopped) {
        Thread.interrupted();
        hold.release();
      }
      reading.join(config.lease());
    }
  }

  // Returns why the slot is lost.
  private String keep(SlotAddress claimed, SlotHold hold, AtomicReference<@Nullable String> broken)
      throws InterruptedException {
    standstill.beat();
    long beatEvery = config.lease().toNanos() / 3;
    long nextBeat = System.nanoTime();
    boolean cutOff = false;
    while (true) {
      String reason = broken.get();
      if (reason != null) {
        return reason;
      }
      if (standstill.tooLong()) {
        return "the process stood still for %d ms, longer than its lease"
            .formatted(standstill.since().toMillis());
      }
      long now = System.nanoTime();
      if (now - nextBeat >= 0) {
        standstill.beat();
        switch (hold.beat()) {
          case TAKEN -> {
            return "another gateway holds it";
          }
          case HELD -> cutOff = false;
          case CUT_OFF -> cutOff = true;
          case RECOVERED -> {
            cutOff = false;
            LOG.info("All routes are recorded again");
            changes.fire(new SlotChange.Recovered(claimed));
            comparisons.compare();
          }
        }
        comparisons.beat();
        nextBeat = now + (cutOff ? beatEvery / 3 : beatEvery);
      }
      pause(nextBeat);
    }
  }

  private void pause(long untilNanos) throws InterruptedException {
    long nanos = untilNanos - System.nanoTime();
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void lose(SlotAddress claimed, String reason) {
    address.set(null);
    phase = "the last one was lost: " + reason;
    metrics.lost();
    LOG.warnf("Slot %d is lost: %s; all sessions reconnect", claimed.slot(), reason);
    deliveries.closeAll(CloseCode.RESTART, reconnect());
    changes.fire(new SlotChange.Lost(claimed));
  }

  private String reconnect() {
    return "reconnect within=" + config.reconnectWithinSeconds();
  }
}
