package dev.parley.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How presence is kept and told.
@ConfigMapping(prefix = "parley.presence")
public interface PresenceConfig {
  /// How long somebody may be gone (no session, or the gateway's lease ended) before others are
  /// told. Default 5 s: a client that lost its connection is back on another gateway by then.
  @WithDefault("5S")
  Duration grace();

  /// How long a coming or a new status stands before it is told. Default half a second: a client
  /// that opens a session and then says "invisible" is never seen; people do not notice the delay.
  @WithDefault("500ms")
  Duration settle();

  /// How long a gateway's lease lives after its last renewal, as the gateways are configured.
  /// Needed where it cannot be seen when a lease ended: after Redis was away.
  @WithDefault("10S")
  Duration lease();

  /// How often leases and waiting changes are looked at. Default 2 s: most of what an idle instance
  /// costs, and little against the grace that they wait for.
  @WithDefault("2S")
  Duration beat();

  /// After Redis has lost its content, how long gateways have to take their slots again and to send
  /// a snapshot before those that did not are taken for gone. Default 5 s: a gateway renews its
  /// lease every 3 s.
  @WithDefault("5S")
  Duration gather();

  /// How long one round trip to Redis may take before Redis counts as away. Default 2 s: longer
  /// than any pause of a healthy one.
  @WithDefault("2S")
  Duration redisTimeout();

  /// How long Kafka may take to acknowledge what is told before it is told again. Default 10 s: a
  /// change of a partition's leader passes in that time.
  @WithDefault("10S")
  Duration acknowledgeTimeout();
}
