package dev.parley.gateway.slot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How a gateway holds its slot.
@ConfigMapping(prefix = "parley.gateway.slot")
public interface SlotConfig {
  /// How long the slot stays this gateway's without a sign of life. Default 10 s: a pause of the
  /// process that is longer is taken for its death. `deliveries` are kept at least ten times as
  /// long.
  @WithDefault("10s")
  Duration lease();

  /// Within how many seconds clients are asked to reconnect when the slot is lost, each after a
  /// random part of it. Default 5.
  @WithDefault("5")
  int reconnectWithinSeconds();
}
