package dev.parley.gateway.presence;

import dev.parley.contracts.json.JsonText;
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

  /// How `users` are, as seen by `user`: one `{"user","status",...}` object each. Never fails;
  /// those of whom nothing can be known now are absent.
  CompletionStage<Map<UUID, JsonText>> statuses(UUID user, Set<UUID> users);
}
