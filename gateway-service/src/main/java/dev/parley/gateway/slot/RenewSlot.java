package dev.parley.gateway.slot;

import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/// Renews a lease, or takes the slot again if the lease is gone; makes a new epoch if there is
/// none.
///
/// | keys | arguments |
/// |---|---|
/// | 1 lease, 2 epoch, 3 recorded, 4 complete | 1 incarnation, 2 lease in milliseconds, 3 slot, 4 name of an epoch to be, 5 `1` if routes may have been lost |
///
/// When the lease was gone, or routes may have been lost, the gateway no longer counts as one that
/// has recorded its routes, and the marker falls in the same step: from then on everything is
/// broadcast. Returns `1` renewed, `0` taken again or `-1` held by another; the epoch; whether the
/// marker is there; and whether the slot counts as one whose routes are recorded, which a renewal
/// that was sent on a connection given up since may have undone when it arrived after all.
final class RenewSlot {
  private static final String SCRIPT =
      """
      local holder = redis.call('GET', KEYS[1])
      if holder and holder ~= ARGV[1] then
        return {-1, '', 0, 0}
      end
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
      local epoch = redis.call('GET', KEYS[2])
      if not epoch then
        epoch = ARGV[4]
        redis.call('SET', KEYS[2], epoch)
        redis.call('DEL', KEYS[3], KEYS[4])
      end
      if not holder or ARGV[5] == '1' then
        redis.call('HDEL', KEYS[3], ARGV[3])
        redis.call('DEL', KEYS[4])
      end
      local confirmed = redis.call('HGET', KEYS[3], ARGV[3]) == ARGV[1]
      return {holder and 1 or 0, epoch, redis.call('EXISTS', KEYS[4]), confirmed and 1 or 0}
      """;

  private RenewSlot() {}

  /// What came of it.
  ///
  /// @param kept the lease had not run out
  /// @param held another gateway holds the slot; the rest then says nothing
  record Renewal(boolean kept, boolean held, String epoch, boolean complete, boolean confirmed) {}

  static Request request(
      RoutingKeys keys, SlotAddress slot, long leaseMillis, String newEpoch, boolean disturbed) {
    return Request.cmd(Command.EVAL)
        .arg(SCRIPT)
        .arg(4)
        .arg(keys.lease(slot.slot()))
        .arg(keys.epoch())
        .arg(keys.recorded())
        .arg(keys.complete())
        .arg(slot.incarnation())
        .arg(leaseMillis)
        .arg(slot.slot())
        .arg(newEpoch)
        .arg(disturbed ? "1" : "0");
  }

  static Renewal result(Response response) {
    String state = response.get(0).toString();
    return new Renewal(
        state.equals("1"),
        state.equals("-1"),
        response.get(1).toString(),
        response.get(2).toString().equals("1"),
        response.get(3).toString().equals("1"));
  }
}
