package dev.parley.gateway.slot;

import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.redis.RedisLink;
import dev.parley.gateway.route.RedisRoutes;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One incarnation's hold of its slot: each beat renews the lease and looks whether Redis still
/// knows what it was told.
///
/// Routes count as complete while the marker is there. It falls, in the same step as the beat that
/// notices, when Redis was wiped (no epoch: a new one begins), when the lease had run out, and when
/// the connection was lost in between (the server may have been restarted, rolled back or
/// replaced). This gateway then records all its routes again and says so in the epoch's list of
/// confirmed slots. The marker rises when every slot that is held is confirmed. That alone would
/// not do: right after a wipe a gateway that has not beaten yet holds no lease either and would not
/// be missed. So whoever sets it has seen the same epoch for at least one lease, and its own
/// connection has not been lost for as long: within that time every live gateway has beaten, and
/// taken the marker down if it had cause, or else it takes itself for dead. No clock but each
/// gateway's monotonic one is used.
///
/// Confined to the slot's thread, which may block.
final class SlotHold {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final RedisLink redis;
  private final RedisRoutes routes;
  private final RoutingKeys keys;
  private final SlotAddress address;
  private final long leaseNanos;

  private @Nullable String epoch;
  private long epochSeen;
  private @Nullable String confirmedEpoch;
  private long confirmedLosses = -1;
  private long disturbedSeen;
  private boolean begunCutOff;
  private @Nullable CompletionStage<Boolean> recording;
  private long recordingLosses;

  /// What a beat has found.
  enum Beat {
    /// The slot is held and routes stand.
    HELD,
    /// Routes were recorded again; what came in between may be missing.
    RECOVERED,
    /// Redis did not answer, or routes are being recorded again: what is committed may be missing.
    CUT_OFF,
    /// Another gateway holds the slot.
    TAKEN
  }

  SlotHold(
      RedisLink redis, RedisRoutes routes, RoutingKeys keys, SlotAddress address, Duration lease) {
    this.redis = redis;
    this.routes = routes;
    this.keys = keys;
    this.address = address;
    this.leaseNanos = lease.toNanos();
    this.disturbedSeen = System.nanoTime();
  }

  /// Some letters that nobody else has.
  static String random() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  Beat beat() throws InterruptedException {
    long losses = redis.losses();
    boolean first = confirmedEpoch == null;
    boolean disturbed = !first && losses != confirmedLosses;
    try {
      RenewSlot.Renewal renewal =
          RenewSlot.result(
              exchange(
                  RenewSlot.request(
                      keys,
                      address,
                      TimeUnit.NANOSECONDS.toMillis(leaseNanos),
                      random(),
                      disturbed)));
      if (renewal.held()) {
        return Beat.TAKEN;
      }
      return follow(renewal, disturbed, first);
    } catch (ExecutionException | TimeoutException unreachable) {
      disturbedSeen = System.nanoTime();
      begunCutOff |= first;
      return Beat.CUT_OFF;
    }
  }

  private Beat follow(RenewSlot.Renewal renewal, boolean disturbed, boolean first)
      throws InterruptedException, ExecutionException, TimeoutException {
    long now = System.nanoTime();
    if (!renewal.epoch().equals(epoch)) {
      epoch = renewal.epoch();
      epochSeen = now;
    }
    boolean standing =
        renewal.kept()
            && renewal.confirmed()
            && !disturbed
            && renewal.epoch().equals(confirmedEpoch);
    if (!standing) {
      if (!first) {
        disturbedSeen = now;
      }
      if (!recordAgain(renewal.epoch())) {
        begunCutOff |= first;
        return Beat.CUT_OFF;
      }
      // Sessions may have come before the routes of a life that began cut off were recorded.
      return first && !begunCutOff ? Beat.HELD : Beat.RECOVERED;
    }
    if (!renewal.complete() && now - epochSeen >= leaseNanos && now - disturbedSeen >= leaseNanos) {
      exchange(CompleteRoutes.request(keys, renewal.epoch()));
    }
    return Beat.HELD;
  }

  // Waits a little: with few routes this is done at once. With many the next beats wait for it.
  private boolean recordAgain(String inEpoch)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (recording == null) {
      recordingLosses = redis.losses();
      recording = routes.recordAll();
    }
    boolean recorded;
    try {
      recorded = recording.toCompletableFuture().get(leaseNanos / 8, TimeUnit.NANOSECONDS);
    } catch (TimeoutException stillAtIt) {
      return false;
    }
    recording = null;
    if (!recorded || redis.losses() != recordingLosses) {
      return false;
    }
    boolean confirmed =
        exchange(ConfirmRoutes.request(keys, address, inEpoch)).toString().equals("1");
    if (confirmed) {
      confirmedEpoch = inEpoch;
      confirmedLosses = recordingLosses;
    }
    return confirmed;
  }

  /// Gives the slot back.
  void release() throws InterruptedException {
    try {
      exchange(ReleaseSlot.request(keys, address));
    } catch (ExecutionException | TimeoutException unreachable) {
      // Its lease runs out by itself.
    }
  }

  private Response exchange(Request request)
      throws InterruptedException, ExecutionException, TimeoutException {
    return redis
        .send(request)
        .toCompletableFuture()
        .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .orElseThrow(() -> new IllegalStateException("a script returned nothing"));
  }
}
