package dev.parley.presence.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/// Makes an instance the owner of a shard: whoever wrote to it before no longer can.
///
/// Script: KEYS[1] the shard; ARGV[1] the new owner. Answers position and state, empty if missing.
public final class TakeShard {
  private static final String SCRIPT =
      """
      redis.call('HSET', KEYS[1], 'owner', ARGV[1])
      local held = redis.call('HMGET', KEYS[1], 'position', 'state')
      return {held[1] or '', held[2] or ''}
      """;

  private TakeShard() {}

  /// What the new owner finds.
  ///
  /// @param position offset of the next record, null if Redis knows nothing of this shard
  public record Taken(@Nullable Long position, boolean complete) {}

  public static Taken take(RedisCalls redis, StateKeys keys, String owner) {
    Response found =
        redis.call(Request.cmd(Command.EVAL).arg(SCRIPT).arg(1).arg(keys.shard()).arg(owner));
    if (found == null) {
      throw new RedisDown("no answer from a script");
    }
    String position = found.get(0).toString();
    return new Taken(
        position.isEmpty() ? null : Long.valueOf(position),
        found.get(1).toString().equals(ShardState.COMPLETE));
  }
}
