package dev.parley.presence.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.presence.SessionRecord.LiveSession;
import dev.parley.contracts.routing.SlotAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever happens in whatever order, what is told in the end is what is true.
class TrackingPropertiesTest {
  private static final UUID USER = new UUID(9, 9);

  /// One thing that happens.
  ///
  /// @param what 0 open, 1 close, 2 and 3 say a status, 4 snapshot, 5 gateway lost, 6 records of a
  ///   gateway are lost until its next snapshot
  record Step(int what, int session, int gateway, PresenceStatus status, int pause) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 6),
            Arbitraries.integers().between(0, 5),
            Arbitraries.integers().between(1, 2),
            Arbitraries.of(PresenceStatus.class),
            Arbitraries.of(0, 100, 400, 600, 3000, 6000))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 1000)
  void anyInterleavingEndsInTheTruth(@ForAll("steps") List<Step> steps) {
    Story story = new Story();
    Map<UUID, LiveSession> live = new LinkedHashMap<>();
    Map<UUID, Integer> places = new LinkedHashMap<>();
    int deaf = 0;
    for (Step step : steps) {
      UUID session = new UUID(step.gateway(), step.session());
      SlotAddress gateway = new SlotAddress(step.gateway(), "1-a");
      boolean heard = deaf != step.gateway();
      switch (step.what()) {
        case 0 -> {
          if (!live.containsKey(session)) {
            // A session id is never used twice.
            session = new UUID(step.gateway(), 100L + places.size());
            places.put(session, step.gateway());
            live.put(session, alive(session, PresenceStatus.ONLINE, story));
            if (heard) {
              story.change(new Change.Opened(gateway, session, story.now()));
            }
          }
        }
        case 1 -> {
          UUID any = any(live, step);
          if (any != null) {
            live.remove(any);
            if (places.get(any) != deaf) {
              story.change(new Change.Closed(any, story.now()));
            }
          }
        }
        case 2, 3 -> {
          UUID any = any(live, step);
          if (any != null) {
            live.put(any, alive(any, step.status(), story));
            if (places.get(any) != deaf) {
              story.change(
                  new Change.Said(
                      new SlotAddress(places.get(any), "1-a"),
                      any,
                      story.now(),
                      step.status(),
                      null));
            }
          }
        }
        case 4 -> {
          snapshot(story, live, places, step.gateway());
          deaf = deaf == step.gateway() ? 0 : deaf;
        }
        case 5 -> {
          live.keySet().removeIf(s -> places.get(s) == step.gateway());
          story.change(new Change.Lost(gateway, story.now() - 5000));
          deaf = deaf == step.gateway() ? 0 : deaf;
        }
        default -> {
          if (deaf == 0) {
            deaf = step.gateway();
          }
        }
      }
      story.after(step.pause());
    }
    if (deaf != 0) {
      snapshot(story, live, places, deaf);
    }
    story.after(20_000);
    assertEquals(truth(live), story.state().told().status());
    assertEquals(live.size(), story.state().sessions().size());
    assertEquals(0, story.state().due());
    for (int i = 1; i < story.told().size(); i++) {
      assertNotEquals(story.told().get(i - 1), story.told().get(i), "told twice");
    }
  }

  /// Somebody who hides is told exactly like somebody who leaves and comes back.
  @Property(tries = 500)
  void hidingIsToldLikeLeaving(@ForAll("pauses") List<Integer> pauses) {
    Story hides = new Story();
    Story leaves = new Story();
    UUID session = new UUID(0, 1);
    hides.opened(session).says(session, PresenceStatus.INVISIBLE);
    for (int i = 0; i < pauses.size(); i++) {
      if (i % 2 == 0) {
        hides.says(session, PresenceStatus.ONLINE);
        leaves.opened(new UUID(0, 100 + i));
      } else {
        hides.says(session, PresenceStatus.INVISIBLE);
        leaves.closed(new UUID(0, 100 + i - 1));
      }
      hides.after(pauses.get(i));
      leaves.after(pauses.get(i));
      assertEquals(leaves.told(), hides.told());
      assertEquals(leaves.state().told(), hides.state().told());
    }
  }

  @Provide
  Arbitrary<List<Integer>> pauses() {
    return Arbitraries.of(100, 300, 600, 1000, 4900, 5200, 9000).list().ofMaxSize(20);
  }

  private static void snapshot(
      Story story, Map<UUID, LiveSession> live, Map<UUID, Integer> places, int gateway) {
    List<LiveSession> there = new ArrayList<>(live.values());
    there.removeIf(session -> places.get(session.session()) != gateway);
    story.change(new Change.Listed(new SlotAddress(gateway, "1-a"), there, story.now()));
  }

  private static LiveSession alive(UUID session, PresenceStatus status, Story story) {
    return new LiveSession(USER, session, story.now(), status, null);
  }

  private static UUID any(Map<UUID, LiveSession> live, Step step) {
    List<UUID> sessions = List.copyOf(live.keySet());
    return sessions.isEmpty() ? null : sessions.get(step.session() % sessions.size());
  }

  private static ShownStatus truth(Map<UUID, LiveSession> live) {
    List<PresenceStatus> said = live.values().stream().map(LiveSession::status).toList();
    if (said.isEmpty() || said.contains(PresenceStatus.INVISIBLE)) {
      return ShownStatus.OFFLINE;
    }
    if (said.contains(PresenceStatus.BUSY)) {
      return ShownStatus.BUSY;
    }
    return said.contains(PresenceStatus.ONLINE) ? ShownStatus.ONLINE : ShownStatus.AWAY;
  }
}
