package dev.parley.presence.read;

import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.json.JsonWriter;
import dev.parley.presence.state.Told;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What one user may see of others: the one place where that is decided, but for those whom a
/// gateway's sessions watch already: of them changes are pushed as well without another look.
@ApplicationScoped
class Viewing {
  private final Relations relations;
  private final RedisStatuses statuses;

  Viewing(Relations relations, RedisStatuses statuses) {
    this.relations = relations;
    this.statuses = statuses;
  }

  /// `{"users":[...]}`, one for each of `users` in their order. Blocks.
  byte[] seen(UUID viewer, Set<UUID> users) {
    return answer(users, statuses.of(relations.of(viewer, users)));
  }

  /// As [#seen], to a gateway on which each of `users` is watched. Blocks.
  byte[] shown(Set<UUID> users) {
    return answer(users, statuses.of(users));
  }

  private static byte[] answer(Set<UUID> users, Map<UUID, Told> told) {
    long now = System.currentTimeMillis();
    List<JsonText> answers = new ArrayList<>(users.size());
    for (UUID user : users) {
      Told known = told.get(user);
      answers.add(known == null ? StatusJson.unknown(user) : StatusJson.answer(user, known, now));
    }
    return JsonWriter.object().with("users", answers).end().utf8();
  }
}
