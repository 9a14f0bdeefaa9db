package dev.parley.gateway.feed;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.delivery.ReplyEncoder;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.SlotAddress;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a session is sent, and in which place.
class FanoutTest {
  private static final UUID ANNA = new UUID(1, 1);
  private static final UUID BEN = new UUID(1, 2);

  private final World world = new World(1);
  private final UUID conversation = world.conversation(ANNA, BEN);
  private int sessions;

  FanoutTest() {
    world.doubled = 0;
  }

  @Test
  void sentTakesTheEventsPlaceAndTheOthersGetTheEvent() {
    Client anna = open(ANNA);
    Client annaElsewhere = open(ANNA);
    Client ben = open(BEN);
    say(BEN);
    anna.send(conversation);
    say(BEN);
    world.run();
    assertEquals(List.of("event 2", "sent 3", "event 4"), anna.told());
    assertEquals(List.of("event 2", "event 3", "event 4"), annaElsewhere.told());
    assertEquals(List.of("event 2", "event 3", "event 4"), ben.told());
  }

  @Test
  void eventIsOrdinaryAfterTheReplysDeadline() {
    Client anna = open(ANNA);
    anna.send(conversation);
    anna.owed.clear();
    world.run();
    assertEquals(List.of("event 2"), anna.told());
  }

  @Test
  void sessionThatIsNotSubscribedGetsTheReplyAlone() {
    Client anna = new Client(world, session(), ANNA, false, world.loops.get(0)).open(Map.of());
    Client ben = open(BEN);
    world.run();
    anna.send(conversation);
    say(BEN);
    world.run();
    assertEquals(List.of("sent 2"), anna.told());
    assertEquals(List.of("event 2", "event 3"), ben.told());
  }

  @Test
  void replyIsSentAloneWhenTheEventCameFirstByAnotherWay() {
    Client anna = open(ANNA);
    anna.send(conversation);
    Delivery record = world.onTheWay.removeLast();
    say(BEN);
    // The hole is filled from the log before the record comes.
    world.settle();
    assertEquals(List.of("event 2", "event 3"), anna.told());
    world.onTheWay.add(record);
    world.run();
    assertEquals(List.of("event 2", "event 3", "sent 2"), anna.told());
  }

  @Test
  void replyComesInItsPlaceThoughItsEventWasLetGoAboveAHole() {
    Client anna = open(ANNA);
    say(BEN);
    world.onTheWay.clear();
    IntStream.range(0, Merge.MAX_WAITING).forEach(i -> say(BEN));
    anna.send(conversation);
    // Before the hole is looked into.
    world.fanout.accept(List.copyOf(world.onTheWay), World.HERE);
    world.onTheWay.clear();
    world.settle();
    long last = Merge.MAX_WAITING + 3;
    assertEquals("sent " + last, anna.told().getLast());
    assertEquals(last - 1, anna.told().size());
  }

  @Test
  void replyOfAnotherGatewayIsNotSent() {
    Client anna = open(ANNA);
    world.commit(
        conversation,
        "message",
        ANNA,
        null,
        new ReplyAddress(new SlotAddress(1, "0-before"), anna.session, 0));
    anna.owed.add(0L);
    world.run();
    assertEquals(List.of("event 2"), anna.told());
  }

  @Test
  void refusalGetsTheClientsIdAndIsSentOnce() {
    Client anna = open(ANNA);
    anna.owed.add(7L);
    Delivery refusal =
        new Delivery.Reply(
            new ReplyAddress(World.HERE, anna.session, 7),
            JsonText.of(
                "{\"type\":\"sent\",\"repeated\":true,\"seq\":1,\"conversation\":\""
                    + conversation
                    + "\"}"));
    world.onTheWay.add(refusal);
    world.onTheWay.add(refusal);
    world.run();
    assertEquals(1, anna.received.size());
    assertEquals(7, anna.received.getFirst().getLong("id"));
  }

  @Test
  void repeatedSentOfTheNextEventStandsForIt() {
    say(ANNA);
    say(BEN);
    Client anna = new Client(world, session(), ANNA, true, world.loops.get(0));
    anna.open(Map.of(conversation, 1L));
    while (!anna.connected) {
      world.step();
    }
    anna.owed.add(3L);
    JsonText repeated = ReplyEncoder.sent(conversation, ANNA, 2, 0, true);
    world.fanout.accept(
        List.of(new Delivery.Reply(new ReplyAddress(World.HERE, anna.session, 3), repeated)),
        World.HERE);
    world.run();
    assertEquals(3, anna.positions.get(conversation));
    assertEquals(2, anna.received.size());
  }

  @Test
  void whoMissedMoreThanAThousandIsToldHowMuch() {
    for (int i = 0; i < 1001; i++) {
      say(BEN);
    }
    Client anna = new Client(world, session(), ANNA, true, world.loops.get(0));
    anna.open(Map.of(conversation, 1L));
    world.run();
    say(BEN);
    world.run();
    assertEquals(List.of("behind 2-1002", "event 1003"), anna.told());
  }

  @Test
  void whoMissedAThousandGetsThem() {
    for (int i = 0; i < 1000; i++) {
      say(BEN);
    }
    Client anna = new Client(world, session(), ANNA, true, world.loops.get(0));
    anna.open(Map.of(conversation, 1L));
    world.run();
    assertEquals(1000, anna.received.size());
    assertEquals(1001, anna.positions.get(conversation));
  }

  @Test
  void resumeAboveTheHeadIsReset() {
    Client anna = new Client(world, session(), ANNA, true, world.loops.get(0));
    anna.open(Map.of(conversation, 9L));
    world.run();
    assertEquals(List.of("behind 1-1"), anna.told());
    assertTrue(anna.received.getFirst().getBoolean("reset"));
  }

  @Test
  void lastEventWhoseRecordIsLostIsFoundByItsHead() {
    Client ben = open(BEN);
    world.run();
    world.lost = 1;
    say(ANNA);
    world.lost = 0;
    world.run();
    assertEquals(List.of(), ben.told());
    world.onTheWay.add(
        new Delivery.Heads(Map.of(conversation, 2L, new UUID(7, 99), 5L), List.of()));
    world.run();
    assertEquals(List.of("event 2"), ben.told());
  }

  @Test
  void nothingFollowsUnsubscribedNotEvenWhatIsBeingMade() {
    Client anna = new Client(world, session(), ANNA, false, world.loops.get(0)).open(Map.of());
    world.run();
    anna.subscribe(conversation, OptionalLong.of(0));
    // While it is being made, as when the session has waited long enough for it.
    anna.loop.execute(() -> world.subscriptions.unsubscribe(anna, conversation));
    world.run();
    say(BEN);
    world.run();
    assertEquals(List.of(), anna.told());
  }

  /// It heard that it had left, then that it was subscribed, and nothing came.
  @Test
  void whoIsRefusedBeforeItsSubscriptionBeginsIsToldAfterwards() {
    Client anna = new Client(world, session(), ANNA, false, world.loops.get(0)).open(Map.of());
    world.run();
    LoopFeed part = world.ports.loops().of(anna.loop, world.ports).hold(conversation);
    List<String> before = new ArrayList<>();
    anna.loop.execute(() ->
        world
            .subscriptions
            .subscribe(anna, conversation, OptionalLong.of(0))
            .thenAccept(prepared -> {
              part.dismiss(Set.of(ANNA), prepared.seq());
              before.addAll(anna.told());
              anna.positions.put(conversation, 0L);
              prepared.start().run();
            }));
    world.run();
    assertEquals(List.of(), before);
    assertEquals(List.of("left null"), anna.told());
  }

  @Test
  void pushGoesToAllBehindTheRouteButTheExcepted() {
    Client anna = open(ANNA);
    Client annaElsewhere = open(ANNA);
    Client ben = open(BEN);
    push(new Delivery.Push(Route.conversation(conversation), anna.session, null, typing()));
    push(new Delivery.Push(Route.conversation(conversation), null, ANNA, typing()));
    push(new Delivery.Push(Route.user(ANNA), null, null, typing()));
    assertEquals(1, pushes(anna));
    assertEquals(2, pushes(annaElsewhere));
    assertEquals(2, pushes(ben));
  }

  @Test
  void presenceGoesToWatchersOnly() {
    Client anna = open(ANNA);
    Client ben = open(BEN);
    anna.loop.execute(() -> world.subscriptions.watch(anna, List.of(BEN)));
    world.run();
    push(new Delivery.Push(Route.presence(BEN), null, null, typing()));
    anna.loop.execute(() -> world.subscriptions.unwatch(anna, List.of(BEN)));
    world.run();
    push(new Delivery.Push(Route.presence(BEN), null, null, typing()));
    assertEquals(1, pushes(anna));
    assertEquals(0, pushes(ben));
  }

  @Test
  void presenceThatComesWhileStatusesAreReadFollowsThem() {
    Client anna = open(ANNA);
    anna.loop.execute(() -> world.subscriptions.watch(anna, List.of(BEN)));
    anna.loop.execute(() -> world.subscriptions.holdPresence(anna));
    anna.loop.execute(() -> world.subscriptions.holdPresence(anna));
    world.run();
    push(new Delivery.Push(Route.presence(BEN), null, null, typing()));
    push(new Delivery.Push(Route.presence(BEN), null, null, typing()));
    assertEquals(0, pushes(anna));
    anna.loop.execute(() -> world.subscriptions.tellPresence(anna, List.of(), Map.of()));
    world.run();
    assertEquals(0, pushes(anna), "something is still being read");
    anna.loop.execute(() -> world.subscriptions.tellPresence(anna, List.of(), Map.of()));
    world.run();
    assertEquals(1, pushes(anna), "the newest alone");
  }

  @Test
  void nothingIsHeldForWhoHasGone() {
    Client anna = open(ANNA);
    anna.loop.execute(() -> world.subscriptions.watch(anna, List.of(BEN)));
    world.run();
    anna.disconnect();
    world.run();
    assertTrue(world.ports.feeds().all().isEmpty());
    assertTrue(world.ports.interests().loops(Route.user(ANNA)).isEmpty());
    assertTrue(world.ports.interests().loops(Route.presence(BEN)).isEmpty());
  }

  @Test
  void sessionThatFailsKeepsNothingFromTheOthers() {
    Client anna = open(ANNA);
    Client ben = open(BEN);
    Client annaToo = open(ANNA);
    Client benToo = open(BEN);
    ben.failing = true;
    say(ANNA);
    say(ANNA);
    world.run();
    assertEquals(List.of("event 2", "event 3"), anna.told());
    assertEquals(List.of("event 2", "event 3"), annaToo.told());
    assertEquals(List.of("event 2", "event 3"), benToo.told());
    assertFalse(ben.connected, "it is closed, to resume");
  }

  @Test
  void replyThatFailsKeepsNothingFromTheOthers() {
    Client ben = open(BEN);
    Client anna = new Client(world, session(), ANNA, false, ben.loop).open(Map.of());
    world.run();
    anna.failing = true;
    anna.send(conversation);
    world.run();
    assertEquals(List.of("event 2"), ben.told());
    assertFalse(anna.connected, "it is closed, to ask again");
  }

  @Test
  void deliveryThatFailsKeepsNothingBehindItBack() {
    Client anna = open(ANNA);
    world.onTheWay.add(
        new Delivery.Event(null, 9, 0, "message", ANNA, null, null, null, JsonText.of("{}")));
    say(BEN);
    world.fanout.accept(world.onTheWay, World.HERE);
    world.onTheWay.clear();
    world.run();
    assertEquals(List.of("event 2"), anna.told());
  }

  /// Three sessions on two loops: what a histogram costs must not grow with who listens.
  @Test
  void latencyIsMeasuredOncePerLoopAndFromBothBeginnings() {
    open(ANNA);
    open(ANNA);
    open(BEN);
    long now = System.currentTimeMillis();
    world.onTheWay.add(
        new Delivery.Event(
            conversation, 2, now - 200, "message", ANNA, null, null, null, now - 700, event(2)));
    // Of a service that does not say when it was received, and another clock.
    world.onTheWay.add(
        new Delivery.Event(
            conversation, 3, now + 60_000, "message", ANNA, null, null, null, event(3)));
    world.run();
    Timer received = latency("received");
    Timer committed = latency("committed");
    assertEquals(2, received.count());
    assertTrue(received.max(MILLISECONDS) >= 700);
    assertEquals(4, committed.count());
    assertTrue(committed.max(MILLISECONDS) >= 200 && committed.max(MILLISECONDS) < 60_000);
  }

  private JsonText event(long seq) {
    return JsonText.of(
        "{\"type\":\"event\",\"event\":\"message\",\"conversation\":\"%s\",\"seq\":%d}"
            .formatted(conversation, seq));
  }

  private Timer latency(String since) {
    return world.metrics.get("parley.gateway.delivery.latency").tag("since", since).timer();
  }

  @Test
  void replyIsNotKeptByAFeedThatIsOver() {
    Client anna = new Client(world, session(), ANNA, false, world.loops.get(0)).open(Map.of());
    world.run();
    LoopFanout loop = world.ports.loops().of(anna.loop, world.ports);
    LoopFeed part = loop.hold(conversation);
    Feed feed = part.feed();
    part.release();
    anna.send(conversation);
    // The consumer had found the feed just before its last subscriber went.
    Delivery.Event event = (Delivery.Event) world.onTheWay.removeLast();
    feed.offer(FeedEvent.of(event, OwedReply.of(event), null), new HashSet<>());
    loop.flush();
    world.run();
    assertEquals(List.of("sent 2"), anna.told());
  }

  @Test
  void whoIsWatchedAndLeavesIsDoubted() {
    UUID carl = new UUID(1, 3);
    UUID dora = new UUID(1, 4);
    UUID group = world.conversation(ANNA, BEN, carl);
    Client anna = open(ANNA);
    anna.loop.execute(() -> {
      var _ = world.subscriptions.watch(anna, List.of(carl, dora));
    });
    world.run();
    world.leave(group, BEN);
    world.run();
    assertEquals(Set.of(), anna.doubted, "nobody watches him");
    world.leave(group, carl);
    world.run();
    assertEquals(Set.of(carl), anna.doubted);
    world.leave(group, ANNA);
    world.run();
    assertEquals(Set.of(carl, dora), anna.doubted);
  }

  @Test
  void loopIsCrowdedByBytesToo() {
    Client anna = open(ANNA);
    LoopFanout loop = world.ports.loops().of(anna.loop, world.ports);
    loop.enqueue(() -> {}, (int) LoopFanout.CROWDED_BYTES);
    assertFalse(loop.crowded());
    loop.enqueue(() -> {}, 1);
    assertTrue(loop.crowded());
    loop.flush();
    world.run();
    assertFalse(loop.crowded());
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

  private void push(Delivery.Push push) {
    world.onTheWay.add(push);
    world.run();
  }

  private JsonText typing() {
    return JsonText.of("{\"type\":\"typing\",\"conversation\":\"" + conversation + "\"}");
  }

  private static long pushes(Client client) {
    return client.received.stream().filter(json -> json.getString("type").equals("typing")).count();
  }
}
