package dev.parley.gateway.slot;

import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;

/// Takes the first slot that nobody holds, under a new incarnation.
///
/// | keys | arguments |
/// |---|---|
/// | 1 counter, 2 recorded | 1 random part of the incarnation, 2 lease in milliseconds |
/// | from 3: leases, in the order in which they are tried | from 3: their slots |
///
/// Returns slot and incarnation, or nothing if every slot is held. A newcomer has no routes, so it
/// counts at once as one that has recorded them all.
final class ClaimSlot {
  private static final String SCRIPT =
      """
      for i = 3, #KEYS do
        if redis.call('EXISTS', KEYS[i]) == 0 then
          local incarnation = redis.call('INCR', KEYS[1]) .. '-' .. ARGV[1]
          redis.call('SET', KEYS[i], incarnation, 'PX', ARGV[2])
          redis.call('HSET', KEYS[2], ARGV[i], incarnation)
          return {ARGV[i], incarnation}
        end
      end
      return false
      """;

  private ClaimSlot() {}

  static Request request(RoutingKeys keys, List<Integer> slots, String random, long leaseMillis) {
    Request request =
        Request.cmd(Command.EVAL)
            .arg(SCRIPT)
            .arg(slots.size() + 2)
            .arg(keys.counter())
            .arg(keys.recorded());
    slots.forEach(slot -> request.arg(keys.lease(slot)));
    request.arg(random).arg(leaseMillis);
    slots.forEach(slot -> request.arg(slot.toString()));
    return request;
  }

  /// The slot that was taken.
  static SlotAddress result(Response response) {
    return new SlotAddress(
        Integer.parseInt(response.get(0).toString()), response.get(1).toString());
  }
}
