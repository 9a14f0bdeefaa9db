package dev.parley.messages.ingest;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.messages.ingest.LogState.Head;
import dev.parley.messages.ingest.LogState.Known;
import dev.parley.messages.ingest.LogState.MemberKey;
import dev.parley.messages.ingest.LogState.RequestKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The database in a few maps: what a batch reads of it, what it writes to it.
final class LogModel {
  private final Map<UUID, Head> heads = new HashMap<>();
  private final Map<MemberKey, Role> roles = new HashMap<>();
  private final Map<RequestKey, Known> known = new HashMap<>();
  final Map<UUID, List<LoggedEvent>> logs = new HashMap<>();

  LogModel conversation(UUID id, ConversationKind kind, long lastAt) {
    heads.put(id, new Head(kind, 0, lastAt));
    logs.put(id, new ArrayList<>());
    return this;
  }

  LogModel member(UUID conversation, UUID user, Role role) {
    roles.put(new MemberKey(conversation, user), role);
    return this;
  }

  LogModel without(UUID conversation, UUID user) {
    roles.remove(new MemberKey(conversation, user));
    return this;
  }

  List<Outcome> apply(List<Command> batch, long now) {
    LogState state = new LogState(Map.copyOf(heads), Map.copyOf(known), Map.copyOf(roles));
    List<Outcome> outcomes = Sequencer.decide(state, batch, now);
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Logged logged) {
        store(logged.event());
      }
    }
    return outcomes;
  }

  private void store(LoggedEvent event) {
    UUID id = event.conversation();
    logs.get(id).add(event);
    heads.put(id, new Head(heads.get(id).kind(), event.seq(), event.at()));
    known.put(
        new RequestKey(id, event.request()),
        new Known(event.seq(), event.at(), event.kind(), event.user()));
  }
}
