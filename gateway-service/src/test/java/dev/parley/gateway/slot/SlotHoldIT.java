package dev.parley.gateway.slot;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.redis.RedisConfig;
import dev.parley.gateway.redis.RedisLink;
import dev.parley.gateway.redis.TestRedis;
import dev.parley.gateway.route.RedisRoutes;
import dev.parley.gateway.route.TestRoutes;
import dev.parley.gateway.slot.SlotHold.Beat;
import dev.parley.testing.Backends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Gateways' holds of their slots on a real Redis, beaten by hand.
class SlotHoldIT {
  private static final Duration LEASE = Duration.ofSeconds(2);

  /// For leases that must not run out, even while the machine stands still.
  private static final Duration LONG_LEASE = Duration.ofMinutes(2);

  private final Backends backends = Backends.ofThisProcess();
  private final RoutingKeys keys = new RoutingKeys(backends.keyPrefix() + UUID.randomUUID() + ":");
  private final Route route = Route.user(UUID.randomUUID());
  private final Vertx vertx = Vertx.vertx();
  private final Redis redis = Redis.createClient(vertx, backends.redis());
  private volatile boolean cutOff;
  private Gateway one;
  private Gateway two;

  /// What one gateway has.
  private final class Gateway {
    final RedisLink link;
    final RedisRoutes routes;
    final SlotAddress address;
    final SlotHold hold;

    Gateway() throws Exception {
      RedisConfig config = TestRedis.config(keys.prefix());
      link = TestRedis.link(TestRedis.unless(() -> cutOff, redis), config);
      routes = TestRoutes.of(link, config, vertx, new SimpleMeterRegistry());
      address =
          ClaimSlot.result(
              link.send(
                      ClaimSlot.request(
                          keys, List.of(1, 2), SlotHold.random(), LONG_LEASE.toMillis()))
                  .toCompletableFuture()
                  .get()
                  .orElseThrow());
      routes.begin(address);
      hold = new SlotHold(link, routes, keys, address, LEASE);
    }
  }

  @BeforeEach
  void start() throws Exception {
    one = new Gateway();
    two = new Gateway();
  }

  @AfterEach
  void stop() throws Exception {
    wipe();
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void gatewaysHoldDifferentSlotsUnderDifferentIncarnations() {
    assertNotEquals(one.address.slot(), two.address.slot());
    assertNotEquals(one.address.incarnation(), two.address.incarnation());
  }

  @Test
  void lifeThatBeginsConnectedHasNothingToMakeGood() throws Exception {
    var hold = new SlotHold(one.link, one.routes, keys, one.address, LONG_LEASE);
    assertEquals(Beat.HELD, hold.beat());
  }

  @Test
  void markerRisesOnceEveryHolderHasConfirmedAndALeaseHasPassed() throws Exception {
    await().until(() -> one.hold.beat() == Beat.HELD);
    assertFalse(complete(), "the epoch has just begun");
    // The other one was wiped from the list of confirmed slots by the new epoch.
    long start = System.nanoTime();
    await()
        .during(Duration.ofMillis(2500))
        .until(() -> {
          keepLease(two);
          return one.hold.beat() == Beat.HELD && !complete();
        });
    await().until(() -> two.hold.beat() == Beat.HELD);
    keepLease(two);
    await().until(() -> one.hold.beat() == Beat.HELD && complete());
    assertTrue(System.nanoTime() - start > LEASE.toNanos());
  }

  @Test
  void wipedRedisIsFilledAgainAndUntilThenRoutesAreUnknown() throws Exception {
    one.routes.record(route).toCompletableFuture().get();
    raise();
    wipe();
    assertEquals(Beat.RECOVERED, beat(one));
    assertTrue(recorded(route, one.address));
    assertFalse(complete());
    assertEquals(Beat.RECOVERED, beat(two));
    raise();
  }

  @Test
  void leaseThatRanOutIsTakenAgainAndTakesTheMarkerDown() throws Exception {
    raise();
    call(Request.cmd(Command.DEL).arg(keys.lease(one.address.slot())));
    assertEquals(Beat.RECOVERED, beat(one));
    assertFalse(complete());
    raise();
  }

  @Test
  void slotThatAnotherHoldsIsLost() throws Exception {
    call(Request.cmd(Command.SET).arg(keys.lease(one.address.slot())).arg("9-another"));
    assertEquals(Beat.TAKEN, beat(one));
    assertEquals(
        "9-another", call(Request.cmd(Command.GET).arg(keys.lease(one.address.slot()))).toString());
  }

  @Test
  void lostConnectionHasRoutesRecordedAgain() throws Exception {
    raise();
    one.routes.record(route).toCompletableFuture().get();
    call(Request.cmd(Command.DEL).arg(keys.route(route)));
    TestRedis.breakConnection(one.link);
    await().until(() -> one.link.losses() > 0);
    assertEquals(Beat.RECOVERED, beat(one));
    assertTrue(recorded(route, one.address));
    assertFalse(complete(), "whoever lost its connection does not raise the marker at once");
  }

  /// What was sent on a connection that was given up arrives after all, when the network sends it
  /// again. The slot was not confirmed any more from then on, and no marker rose again.
  @Test
  void renewalThatArrivesLateIsMadeGood() throws Exception {
    raise();
    call(RenewSlot.request(keys, one.address, LONG_LEASE.toMillis(), SlotHold.random(), true));
    assertFalse(complete());
    assertEquals(Beat.RECOVERED, beat(one));
    raise();
  }

  @Test
  void lifeThatBeginsCutOffHasRecoveredOnceItsRoutesAreRecorded() throws Exception {
    cutOff = true;
    TestRedis.breakConnection(one.link);
    assertEquals(Beat.CUT_OFF, one.hold.beat());
    cutOff = false;
    assertEquals(Beat.RECOVERED, beat(one));
    keepLease(one);
    assertEquals(Beat.HELD, beat(one));
  }

  @Test
  void releasedSlotIsFree() throws Exception {
    one.hold.release();
    assertEquals(one.address.slot(), new Gateway().address.slot());
  }

  private void raise() {
    await()
        .until(() -> {
          Beat first = one.hold.beat();
          Beat second = two.hold.beat();
          return first == Beat.HELD && second == Beat.HELD && complete();
        });
  }

  /// What the gateway finds once it gets an answer: a slow machine may cut it off for a beat.
  private static Beat beat(Gateway gateway) {
    return await().until(gateway.hold::beat, found -> found != Beat.CUT_OFF);
  }

  /// As if the last beat had been just now, however long ago it was.
  private void keepLease(Gateway gateway) throws Exception {
    call(
        Request.cmd(Command.SET)
            .arg(keys.lease(gateway.address.slot()))
            .arg(gateway.address.incarnation())
            .arg("PX")
            .arg(LONG_LEASE.toMillis()));
  }

  private boolean complete() throws Exception {
    return call(Request.cmd(Command.EXISTS).arg(keys.complete())).toInteger() == 1;
  }

  private boolean recorded(Route asked, SlotAddress member) throws Exception {
    return call(Request.cmd(Command.SISMEMBER).arg(keys.route(asked)).arg(member.toString()))
            .toInteger()
        == 1;
  }

  private void wipe() throws Exception {
    Response found = call(Request.cmd(Command.KEYS).arg(keys.prefix() + "*"));
    for (Response key : found) {
      call(Request.cmd(Command.DEL).arg(key.toString()));
    }
  }

  private Response call(Request request) throws Exception {
    return redis.send(request).toCompletionStage().toCompletableFuture().get();
  }
}
