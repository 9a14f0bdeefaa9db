package dev.parley.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a session that has missed something, and does not take it, costs the others.
class CatchUpTest {
  private static final UUID ANNA = new UUID(1, 1);
  private static final UUID BEN = new UUID(1, 2);

  private final World world = new World(1);
  private final UUID conversation = world.conversation(ANNA, BEN);
  private final Client ben = client(BEN);

  CatchUpTest() {
    ben.open(Map.of());
    world.run();
  }

  /// With thousands of conversations, each of which kept half a megabyte for it, one session took
  /// all memory of a gateway.
  @Test
  void whatPassesWhileASessionDoesNotReadIsNotKeptForIt() {
    say(20);
    Client anna = client(ANNA);
    anna.reads = false;
    resume(anna);
    world.run();
    say(20);
    assertEquals(List.of(), part().backlog());

    anna.readOn();
    world.run();
    say(1);
    assertEquals(events(2, 42), anna.told());
  }

  @Test
  void replyComesInItsPlaceAfterWhatWasMissed() {
    Client anna = sendsWhileCatchingUp();
    say(1);
    assertEquals(List.of(), anna.told());

    anna.readOn();
    world.run();
    assertEquals(
        Stream.of(events(2, 21), List.of("sent 22", "event 23")).flatMap(List::stream).toList(),
        anna.told());
  }

  @Test
  void replyComesAloneWhenItsPlaceDoesNotCome() {
    Client anna = sendsWhileCatchingUp();
    anna.unsubscribe(conversation);
    world.run();
    assertEquals(List.of("sent 22"), anna.told());
  }

  @Test
  void replyComesInItsPlaceOfTheNextSubscription() {
    Client anna = sendsWhileCatchingUp();
    anna.subscribe(conversation, OptionalLong.of(19));
    world.run();
    anna.readOn();
    world.run();
    assertEquals(List.of("event 20", "event 21", "sent 22"), anna.told());
  }

  @Test
  void repliesThatWaitForTheirPlacesAreBounded() {
    Client anna = sendsWhileCatchingUp();
    // What comes out of its place is not judged.
    anna.positions.remove(conversation);
    IntStream.range(0, 2_000).forEach(i -> anna.send(conversation));
    world.run();
    assertEquals(List.of("sent 22"), anna.told());
  }

  @Test
  void eventIsOrdinaryWhenItsReplyIsOverdueOnceItComes() {
    Client anna = sendsWhileCatchingUp();
    anna.owed.clear();
    anna.readOn();
    world.run();
    assertEquals(events(2, 22), anna.told());
  }

  private Client sendsWhileCatchingUp() {
    say(20);
    Client anna = client(ANNA);
    anna.reads = false;
    resume(anna);
    world.run();
    anna.send(conversation);
    world.run();
    return anna;
  }

  /// It has asked for something large besides, which came first.
  @Test
  void pageWaitsForRoomToo() {
    say(20);
    Client anna = client(ANNA);
    askForPage(anna);
    anna.reads = false;
    world.run();
    assertEquals(List.of(), anna.told());
    say(1);
    assertEquals(List.of(), part().backlog());

    anna.readOn();
    world.run();
    assertEquals(events(2, 22), anna.told());
  }

  @Test
  void whatPassesWhileAPageIsReadIsKept() {
    say(5);
    Client anna = client(ANNA);
    anna.quick = true;
    int read = askForPage(anna);
    world.commit(conversation, "message", BEN, null, null);
    world.run();
    assertEquals(events(2, 7), anna.told());
    assertEquals(read, world.read, "one page was enough");
  }

  private void resume(Client client) {
    client.open(Map.of(conversation, 1L));
  }

  /// Goes on until the log has read the first page for it, which is still on its way.
  ///
  /// @return how many reads that were
  private int askForPage(Client client) {
    resume(client);
    while (!client.connected) {
      world.step();
    }
    int before = world.read;
    while (world.read == before) {
      world.step();
    }
    return world.read;
  }

  private LoopFeed part() {
    return world.ports.feeds().find(conversation).attached().getFirst();
  }

  private void say(int times) {
    for (int n = 0; n < times; n++) {
      world.commit(conversation, "message", BEN, null, null);
    }
    world.run();
  }

  private Client client(UUID user) {
    return new Client(world, new UUID(2, user.getLeastSignificantBits()), user, true, loop());
  }

  private World.TestLoop loop() {
    return world.loops.getFirst();
  }

  private static List<String> events(long from, long to) {
    return IntStream.rangeClosed((int) from, (int) to).mapToObj(seq -> "event " + seq).toList();
  }
}
