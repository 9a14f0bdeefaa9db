package dev.parley.presence.shard;

import static io.vertx.redis.client.Command.HGETALL;
import static io.vertx.redis.client.Command.HMGET;
import static io.vertx.redis.client.Command.MGET;
import static io.vertx.redis.client.Command.ZCOUNT;
import static io.vertx.redis.client.Command.ZRANGE;

import dev.parley.contracts.Ids;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.presence.redis.FencedWrite;
import dev.parley.presence.redis.RedisCalls;
import dev.parley.presence.redis.ShardState;
import dev.parley.presence.redis.StateKeys;
import dev.parley.presence.redis.TakeShard;
import dev.parley.presence.redis.UserStateJson;
import dev.parley.presence.state.ShownStatus;
import dev.parley.presence.state.UserState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One shard as its owner reads and writes it. Blocks; not thread-safe.
///
/// Every write moves the position of the shard or leaves it, and happens only while the shard is
/// still the owner's and stands at the owner's position: a former owner that wakes up writes
/// nothing.
final class ShardStore {
  // Deprecated in Redis for a form of ZRANGE; both are in every version from 6.2 on.
  private static final Command BY_SCORE = Command.create("zrangebyscore");

  private final RedisCalls redis;
  private final StateKeys keys;
  private final String owner = UUID.randomUUID().toString();
  private @Nullable Long position;

  ShardStore(RedisCalls redis, StateKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  /// Becomes the owner.
  TakeShard.Taken take() {
    TakeShard.Taken taken = TakeShard.take(redis, keys, owner);
    position = taken.position();
    return taken;
  }

  /// Offset of the next record; null before there is one.
  @Nullable Long position() {
    return position;
  }

  StateKeys keys() {
    return keys;
  }

  FencedWrite write() {
    return new FencedWrite(keys);
  }

  /// Runs `write` and moves to `next`.
  ///
  /// @throws Displaced if the shard is not as it was left
  void commit(FencedWrite write, long next) {
    Response done = redis.call(write.request(owner, position, next));
    if (done == null || !done.toString().equals("1")) {
      throw new Displaced("shard " + keys.partition() + " is not where its owner left it");
    }
    position = next;
  }

  /// Runs `write` and stays.
  void commit(FencedWrite write) {
    commit(write, position == null ? 0 : position);
  }

  /// What [#check] wants to know.
  Request look() {
    return Request.cmd(HMGET).arg(keys.shard()).arg("owner").arg("position");
  }

  /// Checks the answer to [#look].
  ///
  /// @throws Displaced if the shard is not as it was left
  void check(@Nullable Response answer) {
    boolean mine =
        answer != null
            && answer.get(0) != null
            && owner.equals(answer.get(0).toString())
            && answer.get(1) != null
            && answer.get(1).toString().equals(String.valueOf(position));
    if (!mine) {
      throw new Displaced("shard " + keys.partition() + " is not where its owner left it");
    }
  }

  Map<UUID, UserState> load(Collection<UUID> users) {
    Map<UUID, UserState> states = LinkedHashMap.newLinkedHashMap(users.size());
    if (users.isEmpty()) {
      return states;
    }
    Request mget = Request.cmd(MGET);
    users.forEach(user -> mget.arg(keys.user(user)));
    Response answers = redis.call(mget);
    int i = 0;
    for (UUID user : users) {
      Response text = answers == null ? null : answers.get(i++);
      states.put(user, UserStateJson.read(text == null ? null : text.toBytes()));
    }
    return states;
  }

  /// Adds to `write` that `user` is as `state` says.
  void put(FencedWrite write, UUID user, UserState state) {
    if (state.blank()) {
      write.add("DEL", keys.user(user));
    } else {
      write.add("SET", keys.user(user), UserStateJson.write(state));
    }
    if (state.due() == 0) {
      write.add("ZREM", keys.due(), user);
    } else {
      write.add("ZADD", keys.due(), state.due(), user);
    }
  }

  /// Adds to `write` what others see of `user`, for counting.
  void shown(FencedWrite write, UUID user, ShownStatus status) {
    if (status.visible()) {
      write.add("ZADD", keys.shown(), score(status), user);
    } else {
      write.add("ZREM", keys.shown(), user);
    }
  }

  // Kept in Redis: a number that was given to a status is never given to another.
  private static int score(ShownStatus status) {
    return switch (status) {
      case OFFLINE -> 0;
      case ONLINE -> 1;
      case AWAY -> 2;
      case BUSY -> 3;
    };
  }

  /// How many users are seen as `status`.
  Request count(ShownStatus status) {
    return Request.cmd(ZCOUNT).arg(keys.shown()).arg(score(status)).arg(score(status));
  }

  Map<SlotAddress, Snapshotting> gateways() {
    Map<SlotAddress, Snapshotting> gateways = new LinkedHashMap<>();
    Response all = redis.call(Request.cmd(HGETALL).arg(keys.gateways()));
    if (all != null) {
      for (String name : all.getKeys()) {
        SlotAddress gateway = SlotAddress.parse(name);
        if (gateway != null) {
          gateways.put(gateway, Snapshotting.parse(all.get(name).toString()));
        }
      }
    }
    return gateways;
  }

  /// Users to be looked at by `now`, at most `most`.
  Request due(long now, int most) {
    return Request.cmd(BY_SCORE).arg(keys.due()).arg("-inf").arg(now).arg("LIMIT").arg(0).arg(most);
  }

  /// The answer to [#due].
  List<UUID> dueNow(long now, int most) {
    return users(redis.call(due(now, most)));
  }

  /// Users with live sessions at `gateway`, at most `most`.
  List<UUID> usersAt(SlotAddress gateway, int most) {
    return users(redis.call(Request.cmd(ZRANGE).arg(keys.gateway(gateway)).arg(0).arg(most - 1L)));
  }

  /// Users at `gateway` whom no record named since `offset`, at most `most`.
  List<UUID> usersNotNamedSince(SlotAddress gateway, long offset, int most) {
    return users(
        redis.call(
            Request.cmd(BY_SCORE)
                .arg(keys.gateway(gateway))
                .arg("-inf")
                .arg("(" + offset)
                .arg("LIMIT")
                .arg(0)
                .arg(most)));
  }

  static List<UUID> users(@Nullable Response members) {
    List<UUID> users = new ArrayList<>();
    if (members != null) {
      for (Response member : members) {
        UUID user = Ids.parse(member.toString());
        if (user != null) {
          users.add(user);
        }
      }
    }
    return users;
  }

  /// Adds to `write` that nothing can be known, or that all is.
  void state(FencedWrite write, boolean complete) {
    write.add(
        "HSET",
        keys.shard(),
        ShardState.FIELD,
        complete ? ShardState.COMPLETE : ShardState.GATHERING);
  }
}
