package dev.parley.gateway.slot;

import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/// Gives a slot back, if it is still held by the same incarnation.
///
/// | keys | arguments |
/// |---|---|
/// | 1 lease, 2 recorded | 1 incarnation, 2 slot |
final class ReleaseSlot {
  private static final String SCRIPT =
      """
      if redis.call('GET', KEYS[1]) == ARGV[1] then
        redis.call('DEL', KEYS[1])
        redis.call('HDEL', KEYS[2], ARGV[2])
      end
      return 0
      """;

  private ReleaseSlot() {}

  static Request request(RoutingKeys keys, SlotAddress slot) {
    return Request.cmd(Command.EVAL)
        .arg(SCRIPT)
        .arg(2)
        .arg(keys.lease(slot.slot()))
        .arg(keys.recorded())
        .arg(slot.incarnation())
        .arg(slot.slot());
  }
}
