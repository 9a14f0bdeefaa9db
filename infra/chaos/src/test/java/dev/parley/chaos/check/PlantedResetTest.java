package dev.parley.chaos.check;

import static dev.parley.chaos.check.Invariant.PROTOCOL;
import static dev.parley.chaos.check.Invariant.READ_AFTER_ACKNOWLEDGE;

import dev.parley.chaos.history.Link;
import dev.parley.chaos.history.Purpose;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Reading;
import dev.parley.chaos.history.Via;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A session is told that the log is shorter than what its client has seen of it.
class PlantedResetTest extends Planting {

  @Test
  void sessionIsToldToForget() throws IOException {
    Recorded recorded = scene.finish();
    List<Logged> log = scene.server.logs.get(scene.group);
    List<Push.Event> events = log.stream().map(SimulatedDevice::event).toList();
    long head = log.size();
    UUID read = new UUID(1, 1);
    // It does as it is told: fetches everything, and is sent the last event again.
    recorded.atTheEnd(
        scene.ben,
        new Push.Behind(scene.group, 1, head - 1, true),
        new Reading.Read(scene.group, read, Purpose.BEHIND, Via.SOCKET, 0L, head, 200),
        new Reading.Page(read, events.subList(0, events.size() - 1), true),
        events.getLast());
    caught(recorded, PROTOCOL);
  }

  @Test
  void resumedSessionIsToldALowerHead() throws IOException {
    Recorded recorded = scene.finish();
    long head = scene.server.head(scene.group);
    recorded.atTheEnd(
        scene.ben,
        new Link.Cut(),
        new Link.Connect(true, Map.of(scene.group, head)),
        new Link.Connected(
            new UUID(1, 1),
            List.of(
                new Link.Head(scene.group, head - 1),
                new Link.Head(scene.pair, scene.server.head(scene.pair)))));
    caught(recorded, READ_AFTER_ACKNOWLEDGE);
  }

  @Test
  void subscriptionIsToldALowerHead() throws IOException {
    Recorded recorded = scene.finish();
    long head = scene.server.head(scene.group);
    recorded.atTheEnd(
        scene.ben,
        new Link.Subscribe(scene.group, head),
        new Link.Subscribed(scene.group, head, head - 1));
    caught(recorded, READ_AFTER_ACKNOWLEDGE);
  }
}
