package dev.parley.presence.shard;

import dev.parley.contracts.Topics;
import dev.parley.contracts.presence.PresenceKeys;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.presence.redis.RedisCalls;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The gateways' leases in Redis, and the way to ask gateways for snapshots.
final class Leases {
  private final RedisCalls redis;
  private final RoutingKeys routing;
  private final PresenceKeys presence;

  Leases(RedisCalls redis, String keyPrefix) {
    this.redis = redis;
    this.routing = new RoutingKeys(keyPrefix);
    this.presence = new PresenceKeys(keyPrefix);
  }

  /// What [#holders] reads.
  Request look() {
    Request mget = Request.cmd(Command.MGET);
    for (int slot = 1; slot <= Topics.SLOTS; slot++) {
      mget.arg(routing.lease(slot));
    }
    return mget;
  }

  /// Who holds which slot, by the answer to [#look].
  static Map<Integer, String> holders(@Nullable Response answer) {
    Map<Integer, String> holders = new HashMap<>();
    for (int slot = 1; answer != null && slot <= Topics.SLOTS; slot++) {
      Response holder = answer.get(slot - 1);
      if (holder != null) {
        holders.put(slot, holder.toString());
      }
    }
    return holders;
  }

  static Set<SlotAddress> addresses(Map<Integer, String> holders) {
    Set<SlotAddress> addresses = new HashSet<>();
    holders.forEach((slot, incarnation) -> addresses.add(new SlotAddress(slot, incarnation)));
    return addresses;
  }

  /// Makes every gateway send a snapshot when it next renews its lease.
  void wantSnapshots() {
    redis.call(
        Request.cmd(Command.SET).arg(presence.snapshotWanted()).arg(UUID.randomUUID().toString()));
  }
}
