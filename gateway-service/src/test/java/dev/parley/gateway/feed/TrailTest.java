package dev.parley.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.routing.Route;
import dev.parley.runtime.trail.Step;
import dev.parley.runtime.trail.TrailRing;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a gateway remembers of an event.
class TrailTest {
  private static final UUID ANNA = new UUID(1, 1);
  private static final UUID BEN = new UUID(1, 2);

  private final World world = new World(1);
  private final UUID conversation = world.conversation(ANNA, BEN);
  private int sessions;

  TrailTest() {
    world.doubled = 0;
  }

  @Test
  void eachLoopSaysToHowManySessionsItWasWritten() {
    open(ANNA, 0);
    open(BEN, 0);
    open(BEN, 1);
    world.commit(conversation, "message", BEN, null, null);
    world.run();
    assertEquals(1, numbers(2, Step.ARRIVED).size());
    assertEquals(
        List.of(1L, 2L),
        numbers(2, Step.WRITTEN).stream().map(TrailRing.Entry::first).sorted().toList());
  }

  @Test
  void whatNobodyHereWantsIsRemembered() {
    open(ANNA, 0);
    UUID other = world.conversation(BEN);
    world.recorded.add(Route.conversation(other));
    world.commit(other, "message", BEN, null, null);
    world.run();
    assertEquals(1, find(other, 2, Step.UNWANTED).size());
  }

  @Test
  void whatComesAgainIsADuplicate() {
    open(ANNA, 0);
    world.doubled = 1;
    world.commit(conversation, "message", BEN, null, null);
    world.run();
    assertEquals(1, numbers(2, Step.ARRIVED).size());
    assertEquals(1, numbers(2, Step.DUPLICATE).size());
    assertEquals(1, numbers(2, Step.WRITTEN).size());
  }

  @Test
  void whoCatchesUpIsCountedApart() {
    open(ANNA, 0);
    Client ben = new Client(world, new UUID(2, 9), BEN, true, world.loops.get(0));
    world.unreadable = 1;
    world.commit(conversation, "message", BEN, null, null);
    world.run();
    world.unreadable = 0;
    ben.open(Map.of(conversation, 1L));
    world.run();
    assertEquals(List.of("event 2"), ben.told());
    assertEquals(1, numbers(2, Step.WRITTEN).getFirst().first());
  }

  private List<TrailRing.Entry> numbers(long seq, Step step) {
    return find(conversation, seq, step);
  }

  private List<TrailRing.Entry> find(UUID in, long seq, Step step) {
    return world.ports.trail().find(in, new UUID(0, 0), seq).stream()
        .filter(entry -> entry.step() == step)
        .toList();
  }

  private void open(UUID user, int loop) {
    new Client(world, new UUID(2, ++sessions), user, true, world.loops.get(loop)).open(Map.of());
    world.run();
  }
}
