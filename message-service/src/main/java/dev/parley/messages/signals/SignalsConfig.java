package dev.parley.messages.signals;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What passes besides the log.
@ConfigMapping(prefix = "parley.messages.signals")
public interface SignalsConfig {
  /// Conversations with more members than this have no typing, no signals and no receipts of
  /// others: each would cost as many deliveries as there are members, and they are not messages.
  @WithDefault("100")
  int membersMax();

  /// Of a user's receipts in one conversation the last one is sent once in this time. People do not
  /// see the difference; a client that scrolls sends dozens a second.
  @WithDefault("1s")
  Duration gather();

  /// Typing and signals that are older are not passed on: clients show typing for 6 s.
  @WithDefault("6s")
  Duration freshness();

  /// Signals handled together at most.
  @WithDefault("1000")
  int batch();

  /// How long the broker holds a fetch without data. New data answers at once.
  @WithDefault("2s")
  Duration idle();
}
