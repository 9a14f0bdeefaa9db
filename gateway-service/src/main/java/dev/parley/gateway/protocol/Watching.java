package dev.parley.gateway.protocol;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.frame.ClientFrame;
import dev.parley.contracts.frame.ServerFrames;
import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.session.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// Whose presence a session watches. Interest is recorded first and the statuses are read then, so
/// that no change falls in between. Only those are watched whose presence the user may know. On the
/// loop.
final class Watching {
  private final Session session;
  private final SessionPorts ports;
  private final Set<UUID> watched = new HashSet<>(0);

  Watching(Session session, SessionPorts ports) {
    this.session = session;
    this.ports = ports;
  }

  void watch(ClientFrame.Watch frame) {
    Set<UUID> more = new LinkedHashSet<>(frame.users());
    more.removeAll(watched);
    if (watched.size() + more.size() > ports.limits().watched()) {
      session.refuse(
          frame.id(),
          frame.type(),
          new Refusal(
              ErrorCode.BAD_REQUEST,
              "A session watches at most " + ports.limits().watched() + " users."));
      return;
    }
    watched.addAll(more);
    CompletionStage<Map<UUID, JsonText>> statuses =
        ports
            .presence()
            .related(session.user(), frame.users())
            .thenComposeAsync(related -> begin(frame.users(), related), session.loop())
            .thenCompose(related -> ports.presence().statuses(session.user(), related));
    session.whenRead(
        statuses,
        known -> {
          ports.metrics().command(frame.type(), CommandMetrics.ACCEPTED);
          session.reply(frame.id(), answer(frame.users(), known));
        },
        refusal -> {
          watched.removeAll(more);
          ports.subscriptions().unwatch(session, List.copyOf(more));
          session.refuse(frame.id(), frame.type(), refusal);
        });
  }

  void unwatch(ClientFrame.Unwatch frame) {
    watched.removeAll(frame.users());
    ports.subscriptions().unwatch(session, frame.users());
  }

  private CompletionStage<Set<UUID>> begin(List<UUID> users, Set<UUID> related) {
    // An `unwatch` may have come meanwhile, or the end of the session.
    Set<UUID> begun = new LinkedHashSet<>(users);
    begun.retainAll(watched);
    begun.retainAll(related);
    for (UUID user : users) {
      if (!related.contains(user)) {
        watched.remove(user);
      }
    }
    return ports
        .subscriptions()
        .watch(session, session.live() ? List.copyOf(begun) : List.of())
        .thenApply(recorded -> begun);
  }

  private static JsonText answer(List<UUID> users, Map<UUID, JsonText> known) {
    List<JsonText> statuses = new ArrayList<>(users.size());
    for (UUID user : users) {
      JsonText status = known.get(user);
      statuses.add(status == null ? ServerFrames.unknown(user) : status);
    }
    return ServerFrames.watching(statuses);
  }
}
