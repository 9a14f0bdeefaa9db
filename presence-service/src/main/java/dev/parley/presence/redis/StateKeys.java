package dev.parley.presence.redis;

import dev.parley.contracts.presence.SessionRecordCodec;
import dev.parley.contracts.routing.SlotAddress;
import java.util.UUID;

/// The Redis keys of one shard of presence: the users of one partition of `sessions`. All keys of a
/// shard share a hash tag, so that one script changes them in one hash slot of a Redis Cluster.
///
/// | key | type | content |
/// |---|---|---|
/// | `{presence:P}:shard` | hash | `owner`: random, of the instance that may write; `position`: offset of the next record of partition P; `state`: `complete`, or `gathering` while nothing can be known |
/// | `{presence:P}:user:U` | string | the user's state in JSON; stays for "last seen" |
/// | `{presence:P}:due` | sorted set | users to be looked at, by time (epoch ms) |
/// | `{presence:P}:shown` | sorted set | users whom others see, by what they see (1 online, 2 away, 3 busy): counted, never asked who |
/// | `{presence:P}:gateways` | hash | `slot.incarnation` of each gateway that ever spoke, until it is gone; value: how far its snapshot is |
/// | `{presence:P}:gateway:G` | sorted set | users with live sessions at gateway G, by offset of the last record that said so |
///
/// Nothing expires by itself. All of it can be lost: sessions come again with the gateways'
/// snapshots, what was told from the topic `presence.seen`.
///
/// @param prefix put before every key; empty in production
/// @param partition of `sessions`
public record StateKeys(String prefix, int partition) {
  /// The shard that holds `user`.
  public static StateKeys of(String prefix, UUID user) {
    return new StateKeys(prefix, SessionRecordCodec.partition(user));
  }

  public String shard() {
    return tagged("shard");
  }

  public String user(UUID user) {
    return tagged("user:" + user);
  }

  public String due() {
    return tagged("due");
  }

  public String shown() {
    return tagged("shown");
  }

  public String gateways() {
    return tagged("gateways");
  }

  public String gateway(SlotAddress gateway) {
    return tagged("gateway:" + gateway);
  }

  private String tagged(String name) {
    return prefix + "{presence:" + partition + "}:" + name;
  }
}
