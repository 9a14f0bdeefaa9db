package dev.parley.presence.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.presence.SessionRecord;
import dev.parley.contracts.presence.SessionRecordCodec;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.presence.redis.RedisCalls;
import dev.parley.presence.redis.ShardState;
import dev.parley.presence.redis.StateKeys;
import dev.parley.presence.state.ShownStatus;
import dev.parley.presence.state.Timing;
import dev.parley.presence.state.Told;
import dev.parley.presence.state.Tracking;
import dev.parley.runtime.routing.Lookup;
import dev.parley.runtime.routing.Routes;
import dev.parley.testing.Backends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One shard with a real Redis, and time that passes when told to.
class ShardIT {
  private static final SlotAddress GATEWAY = new SlotAddress(1, "1-a");
  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final UUID user = UUID.randomUUID();
  private final StateKeys keys =
      new StateKeys(
          Backends.ofThisProcess().keyPrefix() + UUID.randomUUID(),
          SessionRecordCodec.partition(user));
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Vertx vertx = Vertx.vertx();
  private final Redis redis = Redis.createClient(vertx, Backends.ofThisProcess().redis());
  private final RedisCalls calls = new RedisCalls(redis, Duration.ofSeconds(10), registry);
  private final List<ShownStatus> readAtLookup = new ArrayList<>();
  private MockProducer<byte[], byte[]> kafka = kafka(true);
  private Instant now = Instant.parse("2026-01-31T12:00:00Z");

  @BeforeEach
  void fill() {
    calls.call(
        Request.cmd(Command.HSET)
            .arg(keys.shard())
            .arg("position")
            .arg(0)
            .arg(ShardState.FIELD)
            .arg(ShardState.COMPLETE));
  }

  @AfterEach
  void close() {
    redis.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /// Whoever recorded interest too late for the look-up reads afterwards: it has to be there.
  @Test
  void whatIsToldCanBeReadBeforeRoutesAreLookedUp() {
    Shard shard = taken();
    shard.apply(List.of(opened(0)), 1);
    pass(SETTLE);
    beat(shard, Map.of());
    assertEquals(List.of(ShownStatus.ONLINE), readAtLookup);
    assertEquals(2, kafka.history().size());
    beat(shard, Map.of());
    assertEquals(2, kafka.history().size());
  }

  @Test
  void whatKafkaDidNotTakeIsToldByTheNextOwner() {
    kafka = kafka(false);
    Shard shard = taken();
    shard.apply(List.of(opened(0)), 1);
    pass(SETTLE);
    assertThrows(Announcer.NotTold.class, () -> beat(shard, Map.of()));
    kafka = kafka(true);
    Shard next = taken();
    beat(next, Map.of());
    assertEquals(2, kafka.history().size());
    assertEquals(ShownStatus.ONLINE, told().status());
  }

  @Test
  void whoseGatewayIsLostIsToldGoneInTheSameBeat() {
    Shard shard = taken();
    shard.apply(List.of(opened(0)), 1);
    pass(SETTLE);
    beat(shard, Map.of());
    long lastAlive = now.toEpochMilli();
    pass(GRACE);
    beat(shard, Map.of(GATEWAY, lastAlive));
    assertEquals(new Told(ShownStatus.OFFLINE, null, lastAlive), told());
    assertEquals(List.of(ShownStatus.ONLINE, ShownStatus.OFFLINE), readAtLookup);
  }

  @Test
  void usersAreCountedByWhatOthersSee() {
    Shard shard = taken();
    assertEquals(0, online(shard));
    shard.apply(List.of(opened(0)), 1);
    pass(SETTLE);
    beat(shard, Map.of());
    assertEquals(1, online(shard));
    long lastAlive = now.toEpochMilli();
    pass(GRACE);
    beat(shard, Map.of(GATEWAY, lastAlive));
    assertEquals(0, online(shard));
  }

  private int online(Shard shard) {
    return calls.call(shard.count(ShownStatus.ONLINE)).toInteger();
  }

  private Shard taken() {
    Routes routes =
        asked -> {
          readAtLookup.add(told().status());
          return new Lookup.Unknown();
        };
    ToldLog log = new ToldLog(Map.of(), "presence.seen");
    ShardMetrics metrics = new ShardMetrics(registry);
    Shard shard =
        new Shard(
            keys.partition(),
            new ShardStore(calls, keys),
            new Tracking(new Timing(SETTLE, GRACE)),
            new Announcer(
                routes, kafka, "signals.deliveries", log, Duration.ofMillis(100), metrics),
            log,
            clock());
    shard.take(new Shard.Span(0, 10));
    return shard;
  }

  private void beat(Shard shard, Map<SlotAddress, Long> gone) {
    shard.beat(calls.batch(shard.look()), gone);
  }

  private Told told() {
    return new ShardStore(calls, keys).load(List.of(user)).get(user).told();
  }

  private Intake.Entry opened(long offset) {
    return new Intake.Entry(
        offset, new SessionRecord.Opened(GATEWAY, user, UUID.randomUUID(), now.toEpochMilli()));
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }
    };
  }

  private static MockProducer<byte[], byte[]> kafka(boolean answers) {
    return new MockProducer<>(answers, null, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
