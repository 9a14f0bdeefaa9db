package dev.parley.gateway.protocol;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.frame.ClientFrame;
import dev.parley.contracts.frame.ServerFrames;
import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.presence.Shown;
import dev.parley.gateway.session.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// Whose presence a session watches. Interest is recorded first and the statuses are read then, so
/// that no change falls in between; what is pushed meanwhile follows the answer, and so does the
/// status of whoever is `unknown` for want of knowledge, once it is known. Only those are watched
/// whose presence the user may know; when somebody leaves a conversation, it is looked again
/// whether that is still so. On the loop.
final class Watching {
  /// How often it is looked at most; also after a look that failed.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final Session session;
  private final SessionPorts ports;
  private final Set<UUID> watched = new HashSet<>(0);
  private final Set<UUID> doubted = new HashSet<>(0);
  private boolean looking;
  private long lookAt;

  Watching(Session session, SessionPorts ports) {
    this.session = session;
    this.ports = ports;
  }

  void watch(ClientFrame.Watch frame) {
    Set<UUID> more = new LinkedHashSet<>(frame.users());
    Set<UUID> before = new HashSet<>(frame.users());
    before.retainAll(watched);
    more.removeAll(watched);
    if (watched.size() + more.size() > ports.limits().watched()) {
      session
          .replies()
          .refuse(
              frame.id(),
              frame.type(),
              new Refusal(
                  ErrorCode.BAD_REQUEST,
                  "A session watches at most " + ports.limits().watched() + " users."));
      return;
    }
    watched.addAll(more);
    ports.subscriptions().holdPresence(session);
    CompletionStage<Map<UUID, Shown>> statuses =
        ports
            .presence()
            .related(session.user(), frame.users())
            .thenComposeAsync(related -> begin(frame.users(), before, related), session.loop())
            .thenCompose(related -> ports.presence().statuses(session.user(), related));
    session.whenRead(
        statuses,
        known -> {
          ports.metrics().command(frame.type(), CommandMetrics.ACCEPTED);
          session.replies().reply(frame.id(), answer(frame.users(), known));
          ports.subscriptions().tellPresence(session, frame.users(), known);
        },
        refusal -> {
          watched.removeAll(more);
          ports.subscriptions().unwatch(session, List.copyOf(more));
          session.replies().refuse(frame.id(), frame.type(), refusal);
          ports.subscriptions().tellPresence(session, List.of(), Map.of());
        });
  }

  /// `users` may share nothing with the session's user any more; looked into at the next tick, so
  /// that a conversation that many leave costs few questions.
  void doubt(Set<UUID> users) {
    doubted.addAll(users);
  }

  void tick(long nowNanos) {
    doubted.retainAll(watched);
    if (doubted.isEmpty() || looking || nowNanos - lookAt < 0) {
      return;
    }
    Set<UUID> asked = Set.copyOf(doubted);
    doubted.clear();
    looking = true;
    lookAt = nowNanos + LOOK_AGAIN.toNanos();
    var _ =
        ports
            .presence()
            .related(session.user(), List.copyOf(asked))
            .whenCompleteAsync(
                (related, problem) -> {
                  looking = false;
                  if (problem != null) {
                    doubted.addAll(asked);
                  } else if (session.live()) {
                    end(asked, related);
                  }
                },
                session.loop());
  }

  private void end(Set<UUID> asked, Set<UUID> related) {
    List<UUID> over =
        asked.stream().filter(user -> !related.contains(user) && watched.remove(user)).toList();
    if (!over.isEmpty()) {
      ports.subscriptions().unwatch(session, over);
      over.forEach(user -> session.push(ServerFrames.presence(user)));
    }
  }

  void unwatch(ClientFrame.Unwatch frame) {
    watched.removeAll(frame.users());
    ports.subscriptions().unwatch(session, frame.users());
  }

  private CompletionStage<Set<UUID>> begin(List<UUID> users, Set<UUID> before, Set<UUID> related) {
    // An `unwatch` may have come meanwhile, or the end of the session.
    Set<UUID> begun = new LinkedHashSet<>(users);
    begun.retainAll(watched);
    begun.retainAll(related);
    for (UUID user : users) {
      if (!related.contains(user)) {
        watched.remove(user);
      }
    }
    // Those whom the user shares nothing with any more are not told of any longer.
    List<UUID> over = before.stream().filter(user -> !related.contains(user)).toList();
    if (!over.isEmpty()) {
      ports.subscriptions().unwatch(session, over);
    }
    return ports
        .subscriptions()
        .watch(session, session.live() ? List.copyOf(begun) : List.of())
        .thenApply(recorded -> begun);
  }

  private static JsonText answer(List<UUID> users, Map<UUID, Shown> known) {
    List<JsonText> statuses = new ArrayList<>(users.size());
    for (UUID user : users) {
      Shown status = known.get(user);
      statuses.add(status == null ? ServerFrames.unknown(user) : status.json());
    }
    return ServerFrames.watching(statuses);
  }
}
