package dev.parley.presence.redis;

/// The values of a shard's field `state`.
public final class ShardState {
  /// The field itself.
  public static final String FIELD = "state";

  /// What is said of the shard's users holds.
  public static final String COMPLETE = "complete";

  /// Content was lost; snapshots of gateways are still missing, so nothing can be known.
  public static final String GATHERING = "gathering";

  private ShardState() {}
}
