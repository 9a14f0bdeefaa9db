package dev.parley.gateway.limit;

import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// How many live sessions each user has, on all gateways together. Any thread; nothing blocks.
public interface UserSessions {
  /// Counts one more session of `user`. Completes, never exceptionally, with whether there may be
  /// one more. Whatever the answer, and even before it has come, the count is given back with one
  /// call of [#close].
  CompletionStage<Boolean> open(UUID user);

  /// Counts one less.
  void close(UUID user);
}
