package dev.parley.presence.state;

import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.presence.SessionRecord.LiveSession;
import dev.parley.contracts.routing.SlotAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Turns changes of sessions into what others are told of their user. Pure: time is an argument,
/// epoch milliseconds by the clock of the caller.
///
/// The rules, in the order in which they win:
///
/// 1. Any invisible session hides the user. Hiding looks exactly like leaving: it is told as late,
///    with the moment of hiding as "last seen", and nothing of the time spent hidden is told later.
/// 2. Any busy session makes the user busy, any online one online, and away are those whose
///    sessions all are.
/// 3. What has ended counts on for the grace time, but only in favour of what others were told
///    already: it never makes anybody visible who was not, and never tells a new status.
/// 4. Changes that undo each other while they wait are not told.
public final class Tracking {
  /// What has ended is kept for the grace time; a client that reconnects in a loop leaves only so
  /// many behind.
  private static final int MOST_LINGERING = 8;

  private static final List<PresenceStatus> STRONGEST_FIRST =
      List.of(PresenceStatus.BUSY, PresenceStatus.ONLINE, PresenceStatus.AWAY);

  private final long settle;
  private final long grace;

  public Tracking(Timing timing) {
    this.settle = timing.settle().toMillis();
    this.grace = timing.grace().toMillis();
  }

  /// What [#tell] found.
  ///
  /// @param state [UserState#owed()] until all have been told the news
  /// @param news what others are to be told now, or null
  public record Outcome(UserState state, @Nullable Told news) {}

  /// The state after `change`.
  public UserState apply(UserState before, Change change, long now) {
    List<SessionState> sessions = new ArrayList<>(before.sessions());
    long lingersUntil = now + grace;
    switch (change) {
      case Change.Opened o -> open(sessions, o);
      case Change.Said s -> {
        sessions.removeIf(known -> known.session().equals(s.session()));
        sessions.add(new SessionState(s.session(), s.gateway(), s.status(), s.text(), s.at(), 0));
      }
      case Change.Closed c ->
          sessions.replaceAll(known ->
              known.live() && known.session().equals(c.session())
                  ? known.ended(lingersUntil)
                  : known);
      case Change.Listed l -> {
        end(sessions, l, lingersUntil);
        for (LiveSession live : l.sessions()) {
          sessions.removeIf(known -> known.session().equals(live.session()));
          sessions.add(
              new SessionState(
                  live.session(), l.gateway(), live.status(), live.text(), live.at(), 0));
        }
      }
      case Change.Lost l -> sessions.removeIf(known -> known.gateway().equals(l.gateway()));
    }
    boolean waited = change instanceof Change.Lost;
    return timed(before, limited(sessions), change.at(), now, waited ? now : now + grace);
  }

  /// What is to be told now, and the state in which that is noted. What was noted before but is
  /// still owed is told again.
  public Outcome tell(UserState before, long now) {
    List<SessionState> sessions = new ArrayList<>(before.sessions());
    sessions.removeIf(session -> !session.live() && session.lingersUntil() <= now);
    // Hidden by something that has ended until now: whoever is there then comes into sight.
    UserState state = timed(before, sessions, now, now, now + grace);
    Told target = target(state);
    Told news = null;
    if (state.goneDue() != 0 && state.goneDue() <= now) {
      news = new Told(ShownStatus.OFFLINE, null, state.goneAt());
    } else if (state.changeDue() != 0 && state.changeDue() <= now) {
      news = new Told(target.status(), target.text(), now);
    }
    if (news != null) {
      return new Outcome(new UserState(state.sessions(), news, 0, 0, 0, true), news);
    }
    return new Outcome(state, state.owed() ? state.told() : null);
  }

  /// Sets anew when what is to be told.
  private UserState timed(
      UserState before, List<SessionState> sessions, long at, long now, long goneDue) {
    UserState state = new UserState(sessions, before.told(), 0, 0, 0, before.owed());
    if (before.told().status().visible() && !state.present()) {
      boolean known = before.goneDue() != 0;
      return new UserState(
          sessions,
          before.told(),
          known ? before.goneAt() : Math.min(at, now),
          known ? Math.min(before.goneDue(), goneDue) : goneDue,
          0,
          before.owed());
    }
    if (target(state).shows(before.told())) {
      return state;
    }
    long changeDue = before.changeDue() != 0 ? before.changeDue() : now + settle;
    return new UserState(sessions, before.told(), 0, 0, changeDue, before.owed());
  }

  /// What others would be told if nothing had to wait.
  private static Told target(UserState state) {
    if (!state.present()) {
      return new Told(ShownStatus.OFFLINE, null, state.told().at());
    }
    Told withEnded = strongest(state.sessions());
    return withEnded.shows(state.told())
        ? withEnded
        : strongest(state.sessions().stream().filter(SessionState::live).toList());
  }

  private static Told strongest(List<SessionState> sessions) {
    for (PresenceStatus status : STRONGEST_FIRST) {
      List<SessionState> saying = sessions.stream().filter(s -> s.status() == status).toList();
      if (!saying.isEmpty()) {
        String text =
            saying.stream()
                .filter(s -> s.text() != null)
                .max(
                    Comparator.comparingLong(SessionState::at).thenComparing(SessionState::session))
                .map(SessionState::text)
                .orElse(null);
        return new Told(shown(status), text, 0);
      }
    }
    return Told.NEVER_SEEN;
  }

  private static ShownStatus shown(PresenceStatus status) {
    return switch (status) {
      case ONLINE -> ShownStatus.ONLINE;
      case AWAY -> ShownStatus.AWAY;
      case BUSY -> ShownStatus.BUSY;
      case INVISIBLE -> ShownStatus.OFFLINE;
    };
  }

  private static void open(List<SessionState> sessions, Change.Opened opened) {
    UUID session = opened.session();
    if (sessions.stream().noneMatch(known -> known.session().equals(session))) {
      sessions.add(
          new SessionState(session, opened.gateway(), PresenceStatus.ONLINE, null, opened.at(), 0));
    }
  }

  private static void end(List<SessionState> sessions, Change.Listed listed, long lingersUntil) {
    List<UUID> live = listed.sessions().stream().map(LiveSession::session).toList();
    SlotAddress gateway = listed.gateway();
    sessions.replaceAll(known ->
        known.live() && known.gateway().equals(gateway) && !live.contains(known.session())
            ? known.ended(lingersUntil)
            : known);
  }

  /// Drops what ended first where too much has; one that hides its user goes last.
  private static List<SessionState> limited(List<SessionState> sessions) {
    List<SessionState> ended =
        sessions.stream()
            .filter(session -> !session.live())
            .sorted(
                Comparator.comparing((SessionState s) -> s.status() == PresenceStatus.INVISIBLE)
                    .thenComparingLong(SessionState::lingersUntil))
            .toList();
    if (ended.size() > MOST_LINGERING) {
      sessions.removeAll(ended.subList(0, ended.size() - MOST_LINGERING));
    }
    return sessions;
  }
}
