package dev.parley.gateway.slot;

import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/// Says that a gateway has recorded all its routes in an epoch, if it still holds its slot and the
/// epoch is still that one.
///
/// | keys | arguments |
/// |---|---|
/// | 1 lease, 2 epoch, 3 recorded | 1 incarnation, 2 epoch, 3 slot |
///
/// Returns `1` if it was said, else `0`.
final class ConfirmRoutes {
  private static final String SCRIPT =
      """
      if redis.call('GET', KEYS[1]) ~= ARGV[1] or redis.call('GET', KEYS[2]) ~= ARGV[2] then
        return 0
      end
      redis.call('HSET', KEYS[3], ARGV[3], ARGV[1])
      return 1
      """;

  private ConfirmRoutes() {}

  static Request request(RoutingKeys keys, SlotAddress slot, String epoch) {
    return Request.cmd(Command.EVAL)
        .arg(SCRIPT)
        .arg(3)
        .arg(keys.lease(slot.slot()))
        .arg(keys.epoch())
        .arg(keys.recorded())
        .arg(slot.incarnation())
        .arg(epoch)
        .arg(slot.slot());
  }
}
