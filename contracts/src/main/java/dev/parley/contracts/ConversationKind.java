package dev.parley.contracts;

import java.util.Locale;

/// `DIRECT`: two people, no membership changes. `GROUP`: members only. `CHANNEL`: any signed-in
/// user who is not banned may read and join.
public enum ConversationKind {
  DIRECT,
  GROUP,
  CHANNEL;

  /// The kind as clients see it, for example `group`.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
