package dev.parley.presence.state;

import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.routing.SlotAddress;
import java.util.List;

/// All that is known of one user.
///
/// @param sessions live ones and those that have ended but still count
/// @param told what others know
/// @param goneAt when the user was last to be seen, while that is not told yet; else 0
/// @param goneDue when to tell so; 0 if nothing of the kind is to be told
/// @param changeDue when to tell a change among visible statuses, or that the user has come; else 0
/// @param owed whether `told` is noted, but those who watch may not all have been told yet
public record UserState(
    List<SessionState> sessions,
    Told told,
    long goneAt,
    long goneDue,
    long changeDue,
    boolean owed) {
  /// Nothing is known.
  public static final UserState NONE = new UserState(List.of(), Told.NEVER_SEEN, 0, 0, 0, false);

  private static final long LONG_SINCE = 1;

  public UserState {
    sessions = List.copyOf(sessions);
  }

  /// Whether there is nothing worth keeping.
  public boolean blank() {
    return sessions.isEmpty() && told.equals(Told.NEVER_SEEN);
  }

  /// Whether a live session of the user is at `gateway`.
  public boolean isAt(SlotAddress gateway) {
    return sessions.stream().anyMatch(s -> s.live() && s.gateway().equals(gateway));
  }

  /// When to look at this user again, epoch milliseconds; 0 if only a change gives cause to.
  public long due() {
    long due = earlier(owed ? LONG_SINCE : 0, earlier(goneDue, changeDue));
    for (SessionState session : sessions) {
      due = earlier(due, session.lingersUntil());
    }
    return due;
  }

  /// This state after `told` was read from where it is kept for good; whatever was known of
  /// sessions is in doubt. If others were told that the user is there, and no session turns up,
  /// they are told that the user has gone at `unknownSince`.
  public UserState restored(Told told, long unknownSince) {
    long gone = told.status().visible() ? unknownSince : 0;
    return new UserState(sessions, told, gone, gone, 0, false);
  }

  /// This state once everybody who watches has been told what is noted.
  public UserState settled() {
    return new UserState(sessions, told, goneAt, goneDue, changeDue, false);
  }

  /// Whether others could see the user if nothing had to wait.
  boolean present() {
    return !hidden() && sessions.stream().anyMatch(SessionState::live);
  }

  boolean hidden() {
    return sessions.stream().anyMatch(s -> s.status() == PresenceStatus.INVISIBLE);
  }

  private static long earlier(long a, long b) {
    return a == 0 ? b : b == 0 ? a : Math.min(a, b);
  }
}
