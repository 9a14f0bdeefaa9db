package dev.parley.presence.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes of one shard that happen all together, and only if the shard still belongs to the writer
/// and stands where the writer believes.
///
/// Script: KEYS[1] the shard; KEYS[2..] what is written. ARGV[1] owner, ARGV[2] position before
/// (empty: none), ARGV[3] position after, then for each command: number of its arguments, its name,
/// index of its key in KEYS, its arguments. Answers 1, or 0 if nothing was changed.
public final class FencedWrite {
  private static final String SCRIPT =
      """
      local held = redis.call('HMGET', KEYS[1], 'owner', 'position')
      if held[1] ~= ARGV[1] or (held[2] or '') ~= ARGV[2] then
        return 0
      end
      redis.call('HSET', KEYS[1], 'position', ARGV[3])
      local i = 4
      while i <= #ARGV do
        local n = tonumber(ARGV[i])
        redis.call(ARGV[i + 1], KEYS[tonumber(ARGV[i + 2])], unpack(ARGV, i + 3, i + 2 + n))
        i = i + 3 + n
      end
      return 1
      """;

  private final Map<String, Integer> keys = new LinkedHashMap<>();
  private final List<String> arguments = new ArrayList<>();

  public FencedWrite(StateKeys shard) {
    keys.put(shard.shard(), 1);
  }

  /// Adds a command on `key`, which belongs to the shard.
  public FencedWrite add(String command, String key, Object... rest) {
    Integer index = keys.computeIfAbsent(key, added -> keys.size() + 1);
    arguments.add(Integer.toString(rest.length));
    arguments.add(command);
    arguments.add(index.toString());
    for (Object argument : rest) {
      arguments.add(argument.toString());
    }
    return this;
  }

  /// The call of the script.
  ///
  /// @param owner who the writer is
  /// @param before the position that the writer believes in; null if there is none yet
  public Request request(String owner, @Nullable Long before, long after) {
    Request eval = Request.cmd(Command.EVAL).arg(SCRIPT).arg(keys.size());
    keys.keySet().forEach(eval::arg);
    eval.arg(owner).arg(before == null ? "" : before.toString()).arg(after);
    arguments.forEach(eval::arg);
    return eval;
  }
}
