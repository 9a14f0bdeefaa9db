package dev.parley.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// What a session is told when its user comes and goes.
class MembershipNoticesTest {
  private static final UUID ANNA = new UUID(1, 1);
  private static final UUID BEN = new UUID(1, 2);

  private final World world = new World(1);
  private final UUID conversation = world.conversation(ANNA, BEN);
  private int sessions;

  MembershipNoticesTest() {
    world.doubled = 0;
  }

  @Test
  void removedUserGetsNothingFromTheRemovalOn() {
    Client anna = open(ANNA);
    Client ben = open(BEN);
    say(ANNA);
    world.leave(conversation, BEN);
    say(ANNA);
    world.run();
    assertEquals(List.of("event 2", "left 3"), ben.told());
    assertEquals(List.of("event 2", "event 3", "event 4"), anna.told());
    assertFalse(world.subscriptions.subscribed(ben, conversation));
  }

  @Test
  void removalWhoseRecordIsLostIsFoundAllTheSame() {
    Client ben = open(BEN);
    world.lost = 1;
    world.leave(conversation, BEN);
    say(ANNA);
    world.settle();
    assertEquals(List.of("left null"), ben.told());
  }

  @Test
  void whoIsRemovedWhileCatchingUpIsToldWhatWasMissedAndThenTheEnd() {
    Client ben = benCatchingUp();
    world.leave(conversation, BEN);
    world.settle();
    assertEquals(1, ben.received.stream().filter(is("left")).count(), ben.stories::toString);
    assertEquals("left", ben.received.getLast().getString("type"));
  }

  @Test
  void endThatARefusedReadFoundIsNotToldAgainByItsNotice() {
    Client ben = benCatchingUp();
    world.members.get(conversation).remove(BEN);
    world.run();
    assertEquals("left", ben.received.getLast().getString("type"), ben.stories::toString);
    world.commit(conversation, "left", ANNA, BEN, null);
    world.settle();
    assertEquals(1, ben.received.stream().filter(is("left")).count(), ben.stories::toString);
  }

  /// Ben is taken out and in again while the log is read for him: the refusal comes when he is
  /// known to be back.
  @Test
  void refusalThatIsOlderThanTheReturnEndsNothing() {
    Client ben = benCatchingUp();
    int read = world.read;
    world.lost = 1;
    world.leave(conversation, BEN);
    world.lost = 0;
    while (world.read == read) {
      world.step();
    }
    world.join(conversation, BEN);
    world.fanout.accept(List.of(world.onTheWay.removeLast()), World.HERE);
    world.runLoops();
    world.run();
    assertEquals(0, ben.received.stream().filter(is("left")).count(), ben.stories::toString);
    assertEquals(world.head(conversation), ben.positions.get(conversation));
  }

  @Test
  void bannedUserIsToldToHaveLeft() {
    Client ben = open(BEN);
    world.members.get(conversation).remove(BEN);
    JsonText json =
        JsonText.of(
            "{\"type\":\"event\",\"event\":\"role\",\"conversation\":\"%s\",\"seq\":2,\"member\":\"%s\",\"role\":\"banned\"}"
                .formatted(conversation, BEN));
    world.logs.get(conversation).add(json.toString());
    world.onTheWay.add(new Delivery.Event(conversation, 2, 0, "role", ANNA, BEN, null, null, json));
    world.run();
    assertEquals(List.of("left 2"), ben.told());
  }

  @Test
  void whoJoinsIsSubscribedFromThere() {
    UUID other = world.conversation(BEN);
    Client anna = open(ANNA);
    Client idle = new Client(world, session(), ANNA, false, world.loops.get(1)).open(Map.of());
    world.run();
    world.join(other, ANNA);
    world.run();
    world.commit(other, "message", BEN, null, null);
    world.run();
    assertEquals(List.of("joined 2", "event 3"), anna.told());
    assertEquals(List.of("joined 2"), idle.told());
  }

  @Test
  void joinWhoseRecordIsLostIsFoundAndIsNotNewsAgain() {
    Client anna = open(ANNA);
    UUID other = world.conversation(BEN);
    anna.received.clear();
    world.lost = 1;
    world.join(other, ANNA);
    world.lost = 0;
    world.commit(other, "message", BEN, null, null);
    world.run();
    assertEquals(List.of(), anna.told());
    world.settle();
    world.commit(other, "message", BEN, null, null);
    world.settle();
    assertEquals(List.of("joined 2", "event 3", "event 4"), anna.told());
  }

  @Test
  void joinWhoseRecordIsLostIsFoundWhenJoinsAreTold() {
    Client anna = open(ANNA);
    UUID other = joinUnheard();
    world.commit(other, "message", BEN, null, null);
    world.run();
    assertEquals(List.of(), anna.told());
    world.tellHeads();
    world.run();
    assertEquals(List.of("joined 2", "event 3"), anna.told());
    world.tellHeads();
    world.run();
    assertEquals(List.of("joined 2", "event 3"), anna.told());
  }

  @Test
  void joinsThatAreToldAreNoNewsToWhoKnowsOrDeclinedTheConversation() {
    UUID other = world.conversation(BEN);
    world.join(other, ANNA);
    Client anna = open(ANNA);
    Client annaElsewhere = open(ANNA);
    annaElsewhere.unsubscribe(other);
    Client idle = new Client(world, session(), ANNA, false, world.loops.get(0)).open(Map.of());
    world.run();
    world.read = 0;
    world.tellHeads();
    world.run();
    assertEquals(List.of(), anna.told());
    assertEquals(List.of(), annaElsewhere.told());
    assertEquals(List.of(), idle.told());
    assertEquals(0, world.read, "and nothing is read for it");
  }

  @Test
  void conversationThatTheClientUnsubscribedIsNotTakenForOneNewlyJoined() {
    Client anna = open(ANNA);
    anna.unsubscribe(conversation);
    world.run();
    anna.received.clear();
    world.settle();
    assertEquals(List.of(), anna.told());
  }

  @Test
  void joinedThatComesAfterALaterLeftIsNotNews() {
    UUID other = world.conversation(BEN);
    Client anna = open(ANNA);
    world.run();
    world.join(other, ANNA);
    world.leave(other, ANNA);
    world.onTheWay.addLast(world.onTheWay.removeFirst());
    world.fanout.accept(List.of(world.onTheWay.removeFirst()), World.HERE);
    world.run();
    assertEquals(List.of("left 3"), anna.told());
  }

  @Test
  void joinThatIsOverBeforeItsHeadIsReadIsNotTold() {
    UUID other = world.conversation(BEN);
    Client anna = open(ANNA);
    world.run();
    world.join(other, ANNA);
    world.leave(other, ANNA);
    world.join(other, ANNA);
    while (!world.onTheWay.isEmpty()) {
      world.fanout.accept(List.of(world.onTheWay.removeFirst()), World.HERE);
    }
    world.run();
    assertEquals(List.of("left 3", "joined 4"), anna.told());
  }

  /// A comparison that overtook it told the head instead, and passed over what lay between.
  @Test
  void noticeOnItsWayIsWaitedFor() {
    for (long seed = 1; seed <= 100; seed++) {
      World any = new World(seed);
      any.doubled = 0;
      any.patient = true;
      UUID other = any.conversation(BEN);
      Client anna = new Client(any, session(), ANNA, true, any.loops.get(0)).open(Map.of());
      any.run();
      any.join(other, ANNA);
      any.commit(other, "message", BEN, null, null);
      any.fanout.compareAll();
      any.run();
      assertEquals(List.of("joined 2", "event 3"), anna.told(), "seed " + seed);
    }
  }

  /// The notice came only after the comparison had given up waiting for it, since Kafka was away:
  /// the head was told in place of the join, and what had been said in between was never pushed.
  @Test
  void whatFollowedALostJoinIsPushed() {
    Client anna = open(ANNA);
    UUID other = joinUnheard();
    world.lost = 1;
    world.commit(other, "message", BEN, null, null);
    world.commit(other, "message", BEN, null, null);
    world.lost = 0;
    world.fanout.compareAll();
    world.run();
    assertEquals(List.of("joined 2", "event 3", "event 4"), anna.told());
    world.commit(other, "message", BEN, null, null);
    world.run();
    assertEquals(List.of("joined 2", "event 3", "event 4", "event 5"), anna.told());
  }

  /// It says that what follows the join comes next, and the session had gone on from the head.
  @Test
  void noticeOfAJoinThatTheOpeningListedIsNoNews() {
    UUID other = world.conversation(BEN);
    world.recorded.add(Route.user(ANNA));
    world.join(other, ANNA);
    world.commit(other, "message", BEN, null, null);
    List<Delivery> late = List.copyOf(world.onTheWay);
    world.onTheWay.clear();
    Client anna = open(ANNA);
    world.onTheWay.addAll(late);
    world.run();
    world.commit(other, "message", BEN, null, null);
    world.run();
    assertEquals(List.of("event 4"), anna.told());
  }

  /// The comparison counted as done, so that nothing came to look again.
  @Test
  void lostJoinIsMadeUpForOnceItsHeadCanBeRead() {
    Client anna = open(ANNA);
    joinUnheard();
    world.patient = true;
    world.headsUnreadable = true;
    world.fanout.compareAll();
    for (int n = 0; n < 200; n++) {
      world.step();
    }
    assertEquals(List.of(), anna.told());
    world.headsUnreadable = false;
    world.run();
    assertEquals(List.of("joined 2"), anna.told());
  }

  /// A message-service tells joins for a minute, and does not hear that another one has written the
  /// departure.
  @Test
  void joinOfAChannelThatWasLeftSinceIsNone() {
    UUID channel = world.conversation(BEN);
    world.channels.add(channel);
    world.join(channel, ANNA);
    world.leave(channel, ANNA);
    world.run();
    Client anna = open(ANNA);
    world.onTheWay.add(
        new Delivery.Heads(Map.of(), List.of(new Delivery.Joined(channel, ANNA, 2))));
    world.run();
    world.commit(channel, "message", BEN, null, null);
    world.run();
    assertEquals(List.of(), anna.told());
  }

  @Test
  void departureBeforeTheUserCameBackIsHistory() {
    Client ben = new Client(world, session(), BEN, false, world.loops.get(0)).open(Map.of());
    world.run();
    // Prepared and not begun: what comes meanwhile is kept for it.
    ben.loop.execute(() -> world.subscriptions.subscribe(ben, conversation, OptionalLong.empty()));
    world.run();
    world.leave(conversation, ANNA);
    world.join(conversation, ANNA);
    world.run();
    Client anna = new Client(world, session(), ANNA, true, world.loops.get(0));
    anna.open(Map.of(conversation, 1L));
    world.run();
    say(BEN);
    world.run();
    assertEquals(List.of("event 2", "event 3", "event 4"), anna.told());
  }

  /// Anna joins a conversation of Ben's, with event 2, and the record of that is lost.
  private UUID joinUnheard() {
    UUID other = world.conversation(BEN);
    world.lost = 1;
    world.join(other, ANNA);
    world.lost = 0;
    return other;
  }

  private Client open(UUID user) {
    Client client = new Client(world, session(), user, true, world.loops.get(sessions % 2));
    client.open(Map.of());
    world.run();
    return client;
  }

  private UUID session() {
    return new UUID(2, ++sessions);
  }

  private void say(UUID user) {
    world.commit(conversation, "message", user, null, null);
  }

  /// Ben, connected and far behind, but sent nothing yet.
  private Client benCatchingUp() {
    for (int i = 0; i < 30; i++) {
      say(ANNA);
    }
    Client ben = new Client(world, session(), BEN, true, world.loops.get(0));
    ben.open(Map.of(conversation, 1L));
    while (!ben.connected) {
      world.step();
    }
    return ben;
  }

  private static Predicate<JsonObject> is(String type) {
    return frame -> frame.getString("type").equals(type);
  }
}
