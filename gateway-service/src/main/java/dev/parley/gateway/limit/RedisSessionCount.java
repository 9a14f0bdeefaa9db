package dev.parley.gateway.limit;

import dev.parley.contracts.routing.SlotAddress;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Notes how many sessions of a user a gateway has, unless that makes too many on all gateways.
///
/// | keys | arguments |
/// |---|---|
/// | 1 counts of the user | 1 `slot.incarnation`, 2 its count, 3 the most, 4 life of the key in seconds |
///
/// Returns nothing if it was noted, else the gateways that have sessions of the user.
final class RedisSessionCount {
  private static final String SCRIPT =
      """
      local all = redis.call('HGETALL', KEYS[1])
      local sum = tonumber(ARGV[2])
      local gateways = {}
      for i = 1, #all, 2 do
        gateways[#gateways + 1] = all[i]
        if all[i] ~= ARGV[1] then
          sum = sum + (tonumber(all[i + 1]) or 0)
        end
      end
      if sum > tonumber(ARGV[3]) then
        return gateways
      end
      redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
      redis.call('EXPIRE', KEYS[1], ARGV[4])
      return {}
      """;

  private RedisSessionCount() {}

  static Request request(String key, SlotAddress here, int count, int most, long lifeSeconds) {
    return Request.cmd(Command.EVAL)
        .arg(SCRIPT)
        .arg(1)
        .arg(key)
        .arg(here.toString())
        .arg(count)
        .arg(most)
        .arg(lifeSeconds);
  }

  /// The gateways among which there are too many sessions; empty if the count was noted.
  static List<SlotAddress> result(@Nullable Response response) {
    List<SlotAddress> gateways = new ArrayList<>();
    if (response != null) {
      for (Response gateway : response) {
        SlotAddress address = SlotAddress.parse(gateway.toString());
        if (address != null) {
          gateways.add(address);
        }
      }
    }
    return gateways;
  }
}
