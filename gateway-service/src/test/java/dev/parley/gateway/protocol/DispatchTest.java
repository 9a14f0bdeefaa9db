package dev.parley.gateway.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.contracts.signal.Signal;
import dev.parley.gateway.kafka.Loss;
import dev.parley.gateway.log.LogClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DispatchTest {
  private static final String SEND =
      "{\"id\":%d,\"type\":\"send\",\"conversation\":\""
          + Scenario.C
          + "\",\"message\":\""
          + Scenario.M
          + "\",\"content\":{\"text\":\"hi\"}}";
  private static final String ON_C = ",\"conversation\":\"" + Scenario.C + "\"";

  private final Scenario scenario = Scenario.open();

  @Test
  void sendIsPublishedAndTheReplyIsOwed() {
    scenario.says(SEND.formatted(5)).hearsNothing();
    ReplyAddress reply = new ReplyAddress(new SlotAddress(7, "1-ab"), Scenario.SESSION, 1);
    assertEquals(
        List.of(
            new Command.Send(
                Scenario.C,
                Scenario.USER,
                Scenario.M,
                reply,
                null,
                JsonText.of("{\"text\":\"hi\"}"))),
        scenario.commands);
    assertEquals(OptionalLong.of(5), scenario.session.settle(1));
    assertEquals(OptionalLong.empty(), scenario.session.settle(1));
  }

  @Test
  void whoAsksForTheTraceIsToldItWithTheReply() {
    scenario.says(SEND.formatted(5).replace("\"type\"", "\"trace\":true,\"type\""));
    assertEquals(1, scenario.commands.size());
    String trace = scenario.session.trace(1);
    assertTrue(trace.matches("[0-9a-f]{32}"), trace);
    scenario.passes(Duration.ofSeconds(16));
    String timeout = scenario.outlet.sent.getFirst();
    assertTrue(
        timeout.startsWith("{\"id\":5,\"trace\":\"" + trace + "\",\"type\":\"error\""), timeout);
  }

  /// An unknown field to older gateways, and to this one.
  @Test
  void whatDoesNotAskForTheTraceIsIgnored() {
    for (String other : List.of("false", "null", "\"yes\"", "1", "{}")) {
      scenario.says(SEND.formatted(5).replace("\"type\"", "\"trace\":" + other + ",\"type\""));
    }
    assertEquals(5, scenario.commands.size());
    assertEquals(null, scenario.session.trace(1));
  }

  @Test
  void sendsArePipelined() {
    scenario.says(SEND.formatted(5) + "\n" + SEND.formatted(6) + "\n" + SEND.formatted(7));
    assertEquals(3, scenario.commands.size());
  }

  @Test
  void owedReplyBecomesTimeoutAfter15Seconds() {
    scenario.says(SEND.formatted(5)).passes(Duration.ofMillis(14_900)).hearsNothing();
    scenario.passes(Duration.ofMillis(100)).hearsError(5, "timeout");
    assertEquals(OptionalLong.empty(), scenario.session.settle(1));
    scenario.passes(Duration.ofSeconds(30)).hearsNothing().isOpen();
  }

  @Test
  void commandThatIsCertainlyNotWrittenIsUnavailable() {
    scenario.says(SEND.formatted(5));
    scenario.losses.getFirst().accept(Loss.NOT_WRITTEN);
    scenario.outlet.settle();
    assertTrue(scenario.outlet.sent.getFirst().contains("\"retryAfter\":1000"));
    scenario.hearsError(5, "unavailable");
  }

  @Test
  void commandThatMayBeWrittenIsATimeout() {
    scenario.says(SEND.formatted(5));
    scenario.losses.getFirst().accept(Loss.PERHAPS_WRITTEN);
    scenario.outlet.settle();
    scenario.hearsError(5, "timeout");
  }

  @Test
  void onlyOneReplyIsGiven() {
    scenario.says(SEND.formatted(5));
    scenario.session.settle(1);
    scenario.losses.getFirst().accept(Loss.PERHAPS_WRITTEN);
    scenario.passes(Duration.ofSeconds(20)).hearsNothing();
  }

  @Test
  void sendWithoutIdBreaksTheProtocol() {
    scenario.says("{\"type\":\"send\"}").hearsNothing().isClosed(CloseCode.BROKEN_PROTOCOL);
  }

  @Test
  void afterTheProtocolIsBrokenNothingMoreIsHandled() {
    scenario.says("[]\n" + SEND.formatted(1)).isClosed(CloseCode.BROKEN_PROTOCOL);
    assertTrue(scenario.commands.isEmpty());
    assertEquals(List.of("closed"), scenario.subscriptions.calls);
  }

  @Test
  void severalObjectsComeInOneMessageAndEmptyLinesAreIgnored() {
    scenario
        .says("\n{\"id\":1,\"type\":\"ping\"}\n\n \r\n{\"id\":2,\"type\":\"ping\"}\n")
        .hears("{\"id\":1,\"type\":\"pong\"}", "{\"id\":2,\"type\":\"pong\"}");
  }

  @Test
  void withoutIdThereIsNoReplyNotEvenAnError() {
    scenario
        .says(
            "{\"type\":\"ping\"}\n{\"type\":\"dance\"}\n{\"type\":\"subscribe\"}\n"
                + "{\"type\":\"typing\""
                + ON_C
                + "}\n{\"type\":\"connect\",\"token\":\"good\"}")
        .hearsNothing()
        .isOpen();
  }

  @Test
  void subscribedComesBeforeTheFeedStarts() {
    scenario
        .says("{\"id\":2,\"type\":\"subscribe\"" + ON_C + ",\"after\":41}")
        .hears("{\"id\":2,\"type\":\"subscribed\"" + ON_C + ",\"seq\":57}");
    assertEquals(
        List.of("subscribe " + Scenario.C + " OptionalLong[41]", "start " + Scenario.C),
        scenario.subscriptions.calls);
  }

  @Test
  void commandsBehindSubscribeWaitForIt() {
    scenario.subscriptions.gate = new CompletableFuture<>();
    scenario.says("{\"id\":2,\"type\":\"subscribe\"" + ON_C + "}\n" + SEND.formatted(3));
    assertTrue(scenario.commands.isEmpty());
    assertTrue(scenario.outlet.paused);
    scenario.subscriptions.gate.complete(null);
    scenario.outlet.settle();
    assertEquals(1, scenario.commands.size());
    assertFalse(scenario.outlet.paused);
  }

  @Test
  void unknownConversationIsNotFound() {
    scenario.subscriptions.unknown.add(Scenario.C);
    scenario.says("{\"id\":2,\"type\":\"subscribe\"" + ON_C + "}").hearsError(2, "not_found");
  }

  @Test
  void unsubscribeIsAnsweredWhetherSubscribedOrNot() {
    scenario
        .says("{\"id\":2,\"type\":\"unsubscribe\"" + ON_C + "}")
        .hears("{\"id\":2,\"type\":\"unsubscribed\"" + ON_C + "}");
  }

  @Test
  void typingAndSignalsNeedASubscription() {
    scenario.says("{\"id\":2,\"type\":\"typing\"" + ON_C + "}").hearsError(2, "not_found");
    scenario
        .says("{\"id\":3,\"type\":\"signal\",\"name\":\"n\"" + ON_C + "}")
        .hearsError(3, "not_found");
    assertTrue(scenario.signals.isEmpty());
    scenario.subscriptions.subscribed.add(Scenario.C);
    scenario.says("{\"id\":2,\"type\":\"typing\"" + ON_C + "}\n{\"type\":\"typing\"" + ON_C + "}");
    assertEquals(List.of(true, false), scenario.signals.stream().map(Signal::replyWanted).toList());
  }

  @Test
  void readIsDecidedByTheMessageService() {
    scenario.says("{\"type\":\"read\",\"seq\":58" + ON_C + "}").hearsNothing();
    assertTrue(
        scenario.signals.getFirst() instanceof Signal.Read read
            && read.seq() == 58
            && !read.replyWanted());
    scenario.passes(Duration.ofSeconds(20)).hearsNothing();
  }

  @Test
  void historyIsOneFrameOfEventsAsTheyAre() {
    scenario.says("{\"id\":4,\"type\":\"history\",\"limit\":2" + ON_C + "}").hearsNothing();
    scenario.page.complete(
        new LogClient.Page(
            List.of(JsonText.of("{\"a\":1}"), JsonText.of("{\"b\":2}")), 1, true, 9));
    scenario.outlet.settle();
    scenario.hears(
        "{\"id\":4,\"type\":\"history\""
            + ON_C
            + ",\"events\":[{\"a\":1},{\"b\":2}],\"more\":true}");
  }

  @Test
  void readsDoNotHoldUpOtherCommandsUntilThereAreTooMany() {
    String history = "{\"id\":4,\"type\":\"history\"" + ON_C + "}\n";
    scenario
        .says(history.repeat(3) + "{\"id\":5,\"type\":\"ping\"}")
        .hears("{\"id\":5,\"type\":\"pong\"}");
    scenario.says(history + "{\"id\":6,\"type\":\"ping\"}").hearsNothing();
    assertTrue(scenario.outlet.paused);
    scenario.page.complete(new LogClient.Page(List.of(), 0, false, 9));
    scenario.outlet.settle();
    assertEquals(5, scenario.outlet.sent.size());
  }

  @Test
  void pagesAskedForAtOnceWaitUntilTheClientHasTakenTheOneBefore() {
    scenario.outlet.full = true;
    scenario.says(
        "{\"id\":4,\"type\":\"history\"" + ON_C + "}\n{\"id\":5,\"type\":\"history\"" + ON_C + "}");
    scenario.page.complete(new LogClient.Page(List.of(), 0, false, 9));
    scenario.outlet.settle();
    scenario.hearsNothing();
    scenario.outlet.drain();
    assertEquals(1, scenario.outlet.sent.size());
    scenario.outlet.drain();
    assertEquals(2, scenario.outlet.sent.size());
  }

  @Test
  void whoeverIsWatchedAndNoLongerRelatedIsWatchedNoMore() {
    UUID friend = new UUID(0, 1);
    scenario.related.add(friend);
    scenario.says(watch(7, friend)).outlet.sent.clear();
    scenario.related.clear();
    scenario.says(watch(8, friend));
    assertEquals(List.of("watch 1", "unwatch 1", "watch 0"), scenario.subscriptions.calls);
    assertTrue(scenario.outlet.sent.getFirst().contains("\"status\":\"unknown\""));
  }

  @Test
  void presencePushedWhileStatusesAreReadFollowsThem() {
    UUID friend = new UUID(0, 1);
    scenario.related.add(friend);
    for (boolean read : List.of(true, false)) {
      scenario.statusesRead = new CompletableFuture<>();
      scenario.says(watch(7, friend)).hearsNothing();
      assertEquals(1, scenario.subscriptions.held);
      scenario.subscriptions.told = () -> assertEquals(1, scenario.outlet.sent.size());
      if (read) {
        scenario.statusesRead.complete(null);
      } else {
        scenario.statusesRead.completeExceptionally(new IllegalStateException("test"));
      }
      scenario.outlet.settle();
      assertEquals(0, scenario.subscriptions.held);
      scenario.outlet.sent.clear();
    }
  }

  @Test
  void fanoutHearsOfWhomSomethingWasTold() {
    UUID friend = new UUID(0, 1);
    UUID silent = new UUID(0, 2);
    scenario.related.addAll(Set.of(friend, silent));
    scenario.unknown.add(silent);
    scenario.says(watch(7, friend, silent));
    assertTrue(scenario.outlet.sent.getFirst().contains(silent + "\",\"status\":\"unknown\""));
    assertEquals(Map.of(friend, true, silent, false), scenario.subscriptions.shown);
    scenario.statusesRead = CompletableFuture.failedFuture(new IllegalStateException("test"));
    scenario.says(watch(8, friend));
    assertEquals(Map.of(), scenario.subscriptions.shown, "a refusal tells of nobody");
  }

  @Test
  void whoeverIsDoubtedIsWatchedOnlyIfStillRelated() {
    UUID friend = new UUID(0, 1);
    UUID other = new UUID(0, 2);
    scenario.related.addAll(Set.of(friend, other));
    scenario.says(watch(7, friend, other)).outlet.sent.clear();
    scenario.session.doubt(Set.of(friend, other));
    scenario.related.remove(other);
    scenario
        .passes(Duration.ofSeconds(3))
        .hears("{\"type\":\"presence\",\"user\":\"" + other + "\",\"status\":\"unknown\"}");
    assertEquals(List.of("watch 2", "unwatch 1"), scenario.subscriptions.calls);
    scenario.passes(Duration.ofSeconds(3)).hearsNothing();
  }

  @Test
  void presenceIsReported() {
    scenario
        .says("{\"id\":6,\"type\":\"presence\",\"status\":\"away\",\"text\":\"tea\"}")
        .hears("{\"id\":6,\"type\":\"done\"}");
    assertEquals(List.of("opened", "away tea"), scenario.reports);
  }

  @Test
  void onlyRelatedUsersAreWatched() {
    UUID friend = new UUID(0, 1);
    UUID stranger = new UUID(0, 2);
    scenario.related.add(friend);
    scenario
        .says(watch(7, stranger, friend))
        .hears(
            "{\"id\":7,\"type\":\"watching\",\"users\":[{\"user\":\""
                + stranger
                + "\",\"status\":\"unknown\"},{\"user\":\""
                + friend
                + "\",\"status\":\"online\"}]}");
    assertEquals(List.of("watch 1"), scenario.subscriptions.calls);
  }

  @Test
  void sessionWatchesOnlySoManyUsers() {
    for (int i = 1; i <= 4; i++) {
      scenario.related.add(new UUID(0, i));
    }
    scenario.says(watch(7, new UUID(0, 1), new UUID(0, 2), new UUID(0, 3))).outlet.sent.clear();
    scenario.says(watch(8, new UUID(0, 4))).hearsError(8, "bad_request");
    scenario
        .says("{\"id\":9,\"type\":\"unwatch\",\"users\":[\"" + new UUID(0, 1) + "\"]}")
        .hears("{\"id\":9,\"type\":\"done\"}");
    scenario.says(watch(10, new UUID(0, 4)));
    assertTrue(scenario.outlet.sent.getFirst().startsWith("{\"id\":10,\"type\":\"watching\""));
  }

  @Test
  void commandsBeyondTheBurstAreRefusedAndTheSessionLives() {
    scenario.says("{\"id\":1,\"type\":\"ping\"}\n".repeat(1_500));
    long pongs = scenario.outlet.sent.stream().filter(s -> s.contains("pong")).count();
    assertEquals(1_000, pongs);
    assertEquals(1_500, scenario.outlet.sent.size());
    assertTrue(scenario.outlet.sent.getLast().contains("\"retryAfter\":200"));
    scenario.outlet.sent.clear();
    scenario.passes(Duration.ofMillis(200)).says("{\"id\":1,\"type\":\"ping\"}\n".repeat(100));
    assertEquals(100, scenario.outlet.sent.stream().filter(s -> s.contains("pong")).count());
    scenario.isOpen();
  }

  @Test
  void whoIgnoresRefusalsIsNotReadForAWhileAndThenSentAway() {
    String flood = "{\"id\":1,\"type\":\"ping\"}\n".repeat(3_000);
    scenario.says(flood);
    assertTrue(scenario.outlet.paused);
    assertEquals(2_000, scenario.outlet.sent.size());
    scenario.passes(Duration.ofSeconds(1)).isOpen();
    for (int i = 0; i < 10; i++) {
      scenario.says(flood).passes(Duration.ofSeconds(1));
    }
    scenario.isClosed(CloseCode.TOO_MANY);
  }

  @Test
  void noFurtherCommandIsReadWhileTooManyAreUnanswered() {
    StringBuilder sends = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      sends.append(SEND.formatted(i)).append('\n');
    }
    scenario.says(sends.toString()).passes(Duration.ofSeconds(1)).says(sends.toString());
    scenario.passes(Duration.ofSeconds(1)).says(sends.toString());
    assertEquals(1_000, scenario.commands.size());
    assertTrue(scenario.outlet.paused);
    for (int ticket = 1; ticket <= 600; ticket++) {
      scenario.session.settle(ticket);
    }
    scenario.outlet.settle();
    assertEquals(1_500, scenario.commands.size());
    assertFalse(scenario.outlet.paused);
  }

  private static String watch(long id, UUID... users) {
    StringBuilder text = new StringBuilder("{\"id\":" + id + ",\"type\":\"watch\",\"users\":[");
    for (UUID user : users) {
      text.append(text.charAt(text.length() - 1) == '[' ? "\"" : ",\"").append(user).append('"');
    }
    return text.append("]}").toString();
  }
}
