package dev.parley.runtime.trail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much is remembered of messages, and how the trail of one is asked for.
@ConfigMapping(prefix = "parley.trail")
public interface TrailConfig {
  /// Steps that this process remembers, a power of two. Default 32,768: 2 MiB, and a message takes
  /// about three in each process that it passes.
  @WithDefault("32768")
  int remembered();

  /// How long processes have to answer. Default 2 s: they take milliseconds, and whoever looks for
  /// a message likes to hear who did not answer.
  @WithDefault("2S")
  Duration patience();

  /// How many trails are asked for at once in this process; more are `rate_limited`. Default 4.
  /// Each makes every process look through what it remembers.
  @WithDefault("4")
  int atOnce();
}
