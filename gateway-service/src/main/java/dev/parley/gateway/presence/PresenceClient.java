package dev.parley.gateway.presence;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// What is known of users. Any thread; nothing blocks. Stages complete on a thread of the client.
public interface PresenceClient {
  /// Those of `others` who share a group or a direct conversation with `user`: nobody else's
  /// presence may be told. Fails with a [dev.parley.gateway.session.Refusal] if it cannot be said
  /// now.
  CompletionStage<Set<UUID>> related(UUID user, List<UUID> others);

  /// How `users` are, as seen by `user`. Never fails; those of whom nothing can be known now are
  /// absent.
  CompletionStage<Map<UUID, Shown>> statuses(UUID user, Set<UUID> users);

  /// How `users` are, each of whom somebody here watches and may: who asks is not looked at again.
  /// Those of whom nothing can be known now are absent. Fails if nobody answers.
  CompletionStage<Map<UUID, Shown>> statuses(Set<UUID> users);
}
