package dev.parley.presence.state;

import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.presence.SessionRecord.LiveSession;
import dev.parley.contracts.routing.SlotAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What happens to one user, with time that passes only when told to. Every 100 ms of it somebody
/// looks whether there is something to tell.
final class Story {
  static final SlotAddress GATEWAY = new SlotAddress(1, "1-a");

  private final Tracking tracking =
      new Tracking(new Timing(Duration.ofMillis(500), Duration.ofSeconds(5)));
  private final List<String> told = new ArrayList<>();
  private UserState state = UserState.NONE;
  private long now = 1_000_000;

  Story from(UserState restored) {
    state = restored;
    return this;
  }

  Story opened(UUID session) {
    return change(new Change.Opened(GATEWAY, session, now));
  }

  Story closed(UUID session) {
    return change(new Change.Closed(session, now));
  }

  Story says(UUID session, PresenceStatus status) {
    return says(session, status, null);
  }

  Story says(UUID session, PresenceStatus status, String text) {
    return change(new Change.Said(GATEWAY, session, now, status, text));
  }

  Story listed(UUID session, PresenceStatus status) {
    var live = new LiveSession(new UUID(9, 9), session, now, status, null);
    return change(new Change.Listed(GATEWAY, List.of(live), now));
  }

  Story lost(long lastAlive) {
    return change(new Change.Lost(GATEWAY, lastAlive));
  }

  Story change(Change change) {
    state = tracking.apply(state, change, now);
    return this;
  }

  Story after(long millis) {
    for (long passed = 0; passed <= millis; passed += 100) {
      look(now + passed);
    }
    now += millis;
    return this;
  }

  List<String> told() {
    return told;
  }

  UserState state() {
    return state;
  }

  long now() {
    return now;
  }

  private void look(long at) {
    Tracking.Outcome outcome = tracking.tell(state, at);
    state = outcome.state().settled();
    Told news = outcome.news();
    if (news != null) {
      told.add(
          news.text() == null ? news.status().wire() : news.status().wire() + " " + news.text());
    }
  }
}
