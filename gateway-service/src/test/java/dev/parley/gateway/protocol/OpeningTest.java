package dev.parley.gateway.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.CloseCode;
import dev.parley.gateway.feed.Subscriptions;
import dev.parley.gateway.session.Refusal;
import dev.parley.runtime.token.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {
  private static final String CONNECT = "{\"id\":1,\"type\":\"connect\",\"token\":\"good\"}";

  private final Scenario scenario = new Scenario().accept(null);

  @Test
  void connectedSaysWhoAndWhatAndThenTheFeedStarts() {
    scenario.subscriptions.heads = List.of(new Subscriptions.Head(Scenario.C, 57));
    scenario
        .says(CONNECT)
        .hears(
            "{\"id\":1,\"type\":\"connected\",\"session\":\"00000000-0000-7000-8000-000000000051\","
                + "\"user\":\"00000000-0000-7000-8000-0000000000a1\","
                + "\"expires\":\"2026-01-31T09:15:00.000Z\",\"ping\":25,\"server\":\"0.1\","
                + "\"limits\":{\"message\":65536},\"conversations\":[{\"conversation\":"
                + "\"00000000-0000-7000-8000-0000000000c1\",\"seq\":57}]}")
        .isOpen();
    assertEquals(List.of("open all=true resume={}", "start"), scenario.subscriptions.calls);
    assertEquals(List.of("opened"), scenario.reports);
  }

  @Test
  void connectWithoutIdOpensWithoutReply() {
    scenario.says("{\"type\":\"connect\",\"token\":\"good\"}").hearsNothing();
    scenario.says("{\"id\":2,\"type\":\"ping\"}").hears("{\"id\":2,\"type\":\"pong\"}");
  }

  @Test
  void tokenMayComeWithTheHandshake() {
    Scenario handshake = new Scenario().accept("good");
    handshake.says("{\"id\":1,\"type\":\"connect\",\"subscribe\":\"none\"}").isOpen();
    assertEquals("open all=false resume={}", handshake.subscriptions.calls.getFirst());
  }

  @Test
  void tokenTwiceIsABadRequest() {
    Scenario handshake = new Scenario().accept("good");
    handshake.says(CONNECT).hearsError(1, "bad_request").isClosed(CloseCode.BROKEN_PROTOCOL);
  }

  @Test
  void noTokenIsUnauthenticated() {
    scenario
        .says("{\"id\":1,\"type\":\"connect\"}")
        .hearsError(1, "unauthenticated")
        .isClosed(CloseCode.NOT_AUTHENTICATED);
  }

  @Test
  void badTokenIsUnauthenticated() {
    scenario
        .says("{\"id\":1,\"type\":\"connect\",\"token\":\"bad\"}")
        .hearsError(1, "unauthenticated")
        .isClosed(CloseCode.NOT_AUTHENTICATED);
  }

  @Test
  void revokedTokenIsClosedAsRevoked() {
    scenario.verdicts.put(
        "good", new Verdict.Revoked(Scenario.caller(Scenario.USER, Duration.ofMinutes(1))));
    scenario.says(CONNECT).hearsError(1, "unauthenticated").isClosed(CloseCode.REVOKED);
  }

  @Test
  void revocationThatComesMeanwhileIsNotMissed() {
    scenario.revokedMeanwhile = true;
    scenario.says(CONNECT).hearsError(1, "unauthenticated").isClosed(CloseCode.REVOKED);
    assertEquals(0, scenario.users.count(Scenario.USER));
  }

  @Test
  void unknownKeysAskToComeBack() {
    scenario.verdicts.put("good", new Verdict.Unknown());
    scenario.says(CONNECT).hearsError(1, "unavailable").isClosed(CloseCode.OVERLOADED);
  }

  @Test
  void gatewayWithoutSlotAsksToComeBack() {
    scenario.slot = Optional.empty();
    scenario.says(CONNECT).hearsError(1, "unavailable").isClosed(CloseCode.OVERLOADED);
  }

  @Test
  void slotThatIsLostWhileSessionsAreCountedAsksToComeBack() {
    scenario.users.gate = new CompletableFuture<>();
    scenario.says(CONNECT).hearsNothing();
    scenario.slot = Optional.empty();
    scenario.users.gate.complete(null);
    scenario.outlet.settle();
    scenario.hearsError(1, "unavailable").isClosed(CloseCode.OVERLOADED);
    assertEquals(List.of(), scenario.subscriptions.calls);
    assertEquals(0, scenario.users.count(Scenario.USER));
  }

  @Test
  void connectionThatEndsWhileSessionsAreCountedLeavesNothingBehind() {
    scenario.users.gate = new CompletableFuture<>();
    scenario.says(CONNECT);
    scenario.session.ended();
    scenario.users.gate.complete(null);
    scenario.outlet.settle();
    assertEquals(List.of(), scenario.subscriptions.calls);
    assertEquals(0, scenario.users.count(Scenario.USER));
  }

  @Test
  void logThatCannotBeReadAsksToComeBack() {
    scenario.subscriptions.refusal = Refusal.unavailable("no");
    scenario.says(CONNECT).hearsError(1, "unavailable").isClosed(CloseCode.OVERLOADED);
    assertEquals(List.of("opened", "closed"), scenario.reports);
    assertTrue(scenario.subscriptions.calls.contains("closed"));
    assertTrue(scenario.watched.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":1,\"type\":\"ping\"}",
        "{\"id\":1,\"type\":\"dance\"}",
        "{\"id\":1,\"type\":\"subscribe\"}",
        "{\"id\":1,\"type\":\"edit\"}"
      })
  void anythingBeforeConnectIsUnauthenticated(String command) {
    scenario.says(command).hearsError(1, "unauthenticated").isClosed(CloseCode.NOT_AUTHENTICATED);
  }

  @Test
  void anythingBeforeConnectWithoutIdIsClosedInSilence() {
    scenario.says("{\"type\":\"ping\"}").hearsNothing().isClosed(CloseCode.NOT_AUTHENTICATED);
  }

  @Test
  void malformedConnectIsRefusedAndClosed() {
    scenario
        .says("{\"id\":1,\"type\":\"connect\",\"subscribe\":\"some\"}")
        .hearsError(1, "bad_request")
        .isClosed(CloseCode.BROKEN_PROTOCOL);
  }

  @Test
  void notJsonBeforeConnectBreaksTheProtocol() {
    scenario.says("hello").hearsNothing().isClosed(CloseCode.BROKEN_PROTOCOL);
  }

  @Test
  void connectComesWithinTenSeconds() {
    scenario.passes(Duration.ofMillis(9_900)).isOpen();
    scenario.passes(Duration.ofMillis(200)).isClosed(CloseCode.NOT_AUTHENTICATED);
  }

  @Test
  void secondConnectIsAConflict() {
    scenario.says(CONNECT).outlet.sent.clear();
    scenario.says(CONNECT).hearsError(1, "conflict").isOpen();
  }

  @Test
  void commandsBehindConnectWaitForIt() {
    scenario.subscriptions.gate = new CompletableFuture<>();
    scenario.says(CONNECT + "\n{\"id\":2,\"type\":\"ping\"}").hearsNothing();
    assertTrue(scenario.outlet.paused);
    scenario.subscriptions.gate.complete(null);
    scenario.outlet.settle();
    assertEquals(2, scenario.outlet.sent.size());
    assertEquals("{\"id\":2,\"type\":\"pong\"}", scenario.outlet.sent.get(1));
    assertEquals(false, scenario.outlet.paused);
  }

  @Test
  void connectionThatEndsWhileOpeningLeavesNothingBehind() {
    scenario.subscriptions.gate = new CompletableFuture<>();
    scenario.says(CONNECT);
    scenario.session.ended();
    scenario.subscriptions.gate.complete(null);
    scenario.outlet.settle();
    scenario.hearsNothing();
    assertEquals(List.of("opened", "closed"), scenario.reports);
    assertEquals(List.of("open all=true resume={}", "closed"), scenario.subscriptions.calls);
    assertTrue(scenario.watched.isEmpty());
  }

  @Test
  void userHasOnlySoManySessions() {
    scenario.users.open(Scenario.USER);
    scenario.says(CONNECT).isOpen();
    assertEquals(2, scenario.users.count(Scenario.USER));
    Scenario another = new Scenario();
    another.users = scenario.users;
    another.accept(null).says(CONNECT).hearsError(1, "rate_limited").isClosed(CloseCode.TOO_MANY);
    assertEquals(2, scenario.users.count(Scenario.USER));
    scenario.session.ended();
    assertEquals(1, scenario.users.count(Scenario.USER));
  }

  @Test
  void sessionEndsWithItsToken() {
    scenario.says(CONNECT).outlet.sent.clear();
    scenario.passes(Duration.ofSeconds(14 * 60 - 1)).hearsNothing();
    scenario
        .passes(Duration.ofSeconds(1))
        .hears("{\"type\":\"expiring\",\"expires\":\"2026-01-31T09:15:00.000Z\"}");
    scenario.passes(Duration.ofSeconds(59)).hearsNothing().isOpen();
    scenario.passes(Duration.ofSeconds(1)).isClosed(CloseCode.NOT_AUTHENTICATED);
  }

  @Test
  void refreshProlongsAndWarnsAnew() {
    scenario.verdicts.put(
        "newer", new Verdict.Accepted(Scenario.caller(Scenario.USER, Duration.ofMinutes(30))));
    scenario.says(CONNECT).passes(Duration.ofMinutes(14)).outlet.sent.clear();
    scenario
        .says("{\"id\":2,\"type\":\"refresh\",\"token\":\"newer\"}")
        .hears("{\"id\":2,\"type\":\"refreshed\",\"expires\":\"2026-01-31T09:30:00.000Z\"}");
    scenario.passes(Duration.ofMinutes(14)).hearsNothing().isOpen();
    scenario
        .passes(Duration.ofMinutes(1))
        .hears("{\"type\":\"expiring\",\"expires\":\"2026-01-31T09:30:00.000Z\"}");
    assertEquals(1, scenario.watched.size());
  }

  @Test
  void tokenThatIsRevokedWhileItRefreshesEndsTheSession() {
    scenario.says(CONNECT).outlet.sent.clear();
    scenario.revokedMeanwhile = true;
    scenario
        .says("{\"id\":2,\"type\":\"refresh\",\"token\":\"good\"}")
        .hearsError(2, "unauthenticated")
        .isClosed(CloseCode.REVOKED);
  }

  @Test
  void foreignTokenDoesNotRefresh() {
    scenario.verdicts.put(
        "foreign", new Verdict.Accepted(Scenario.caller(Scenario.M, Duration.ofMinutes(30))));
    scenario.says(CONNECT).outlet.sent.clear();
    scenario
        .says("{\"id\":2,\"type\":\"refresh\",\"token\":\"foreign\"}")
        .hearsError(2, "forbidden")
        .isOpen();
  }

  @Test
  void badTokenDoesNotRefresh() {
    scenario.says(CONNECT).outlet.sent.clear();
    scenario
        .says("{\"id\":2,\"type\":\"refresh\",\"token\":\"bad\"}")
        .hearsError(2, "unauthenticated")
        .isOpen();
  }

  @Test
  void revocationEndsTheSession() {
    scenario.says(CONNECT);
    scenario.watched.forEach(login -> login.revoked());
    scenario.isClosed(CloseCode.REVOKED);
  }
}
