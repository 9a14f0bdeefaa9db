package dev.parley.gateway.slot;

import dev.parley.contracts.Topics;
import dev.parley.contracts.routing.RoutingKeys;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/// Sets the marker that routes are complete, if every slot that is held was confirmed by its holder
/// in this epoch.
///
/// | keys | arguments |
/// |---|---|
/// | 1 epoch, 2 recorded, 3 complete, from 4: leases of all slots from 1 | 1 epoch |
///
/// Returns `1` if it was set, else `0`. Whoever calls it makes sure that every live gateway had the
/// time to show itself: see [SlotHold].
final class CompleteRoutes {
  private static final String SCRIPT =
      """
      if redis.call('GET', KEYS[1]) ~= ARGV[1] then
        return 0
      end
      for i = 4, #KEYS do
        local holder = redis.call('GET', KEYS[i])
        if holder and redis.call('HGET', KEYS[2], tostring(i - 3)) ~= holder then
          return 0
        end
      end
      redis.call('SET', KEYS[3], ARGV[1])
      return 1
      """;

  private CompleteRoutes() {}

  static Request request(RoutingKeys keys, String epoch) {
    Request request =
        Request.cmd(Command.EVAL)
            .arg(SCRIPT)
            .arg(Topics.SLOTS + 3)
            .arg(keys.epoch())
            .arg(keys.recorded())
            .arg(keys.complete());
    for (int slot = 1; slot <= Topics.SLOTS; slot++) {
      request.arg(keys.lease(slot));
    }
    return request.arg(epoch);
  }
}
