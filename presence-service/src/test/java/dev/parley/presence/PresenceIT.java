package dev.parley.presence;

import static dev.parley.testing.Patience.await;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.testing.Backends;
import dev.parley.testing.ParleyBackends;
import dev.parley.testing.TokenIssuer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(QuickTiming.class)
@WithTestResource(ParleyBackends.class)
@WithTestResource(FakeMessages.class)
class PresenceIT {
  private final long circle = UUID.randomUUID().getMostSignificantBits();
  private final UUID alice = friend();
  private final UUID bob = friend();
  private FakeGateway one;
  private FakeGateway two;

  @BeforeEach
  void open() {
    one = new FakeGateway(1);
    two = new FakeGateway(2);
    patiently().until(() -> !renewed(bob, alice).equals("unknown"));
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void whoComesAndGoesIsToldToThoseWhoWatch() {
    two.watch(alice);
    UUID session = one.open(alice);
    patiently().until(() -> two.pushes(alice).size() == 1);
    String push = two.pushes(alice).getFirst();
    assertTrue(push.startsWith("{\"type\":\"presence\",\"user\":\"" + alice), push);
    assertEquals("online", JsonPath.from(push).getString("status"));
    assertEquals("online", status(bob, alice));

    Instant leaving = now();
    one.close(session);
    Instant left = now();
    patiently().until(() -> two.pushes(alice).size() == 2);
    JsonPath offline = JsonPath.from(two.pushes(alice).getLast());
    assertEquals("offline", offline.getString("status"));
    assertBetween(leaving, left, offline.getString("lastSeen"));
    assertEquals("offline", status(bob, alice));
    assertEquals(offline.getString("lastSeen"), seen(bob, alice).getString("users[0].lastSeen"));
  }

  @Test
  void gatewayThatDiesLeavesNoGhost() {
    one.open(alice);
    patiently().until(() -> status(bob, alice).equals("online"));
    Instant alive = now();
    // At whatever beat this is told, the gateway is still seen alive.
    UUID carol = friend();
    two.open(carol);
    patiently().until(() -> status(bob, carol).equals("online"));
    one.die();
    Instant died = now();
    patiently().until(() -> status(bob, alice).equals("offline"));
    assertBetween(alive, died, seen(bob, alice).getString("users[0].lastSeen"));
  }

  @Test
  void whoIsBackOnAnotherGatewayInTimeIsNotToldGone() {
    two.watch(alice);
    UUID session = one.open(alice);
    patiently().until(() -> two.pushes(alice).size() == 1);
    one.close(session);
    two.open(alice);
    one.die();
    await().during(Duration.ofSeconds(4)).until(() -> two.pushes(alice).size() == 1);
    assertEquals("online", status(bob, alice));
  }

  @Test
  void invisibleLooksLikeOffline() {
    two.watch(alice);
    UUID session = one.open(alice);
    patiently().until(() -> two.pushes(alice).size() == 1);
    Instant hiding = now();
    one.say(session, PresenceStatus.INVISIBLE, null);
    Instant hidden = now();
    patiently().until(() -> two.pushes(alice).size() == 2);
    String lastSeen = seen(bob, alice).getString("users[0].lastSeen");
    assertEquals("offline", status(bob, alice));
    assertBetween(hiding, hidden, lastSeen);
    one.close(session);
    await().during(Duration.ofSeconds(3)).until(() -> two.pushes(alice).size() == 2);
    assertEquals(lastSeen, seen(bob, alice).getString("users[0].lastSeen"));
  }

  @Test
  void devicesAddUp() {
    UUID phone = one.open(alice);
    UUID laptop = two.open(alice);
    one.say(phone, PresenceStatus.AWAY, null);
    two.say(laptop, PresenceStatus.BUSY, "in a call");
    patiently().until(() -> status(bob, alice).equals("busy"));
    assertEquals("in a call", seen(bob, alice).getString("users[0].text"));
    two.close(laptop);
    patiently().until(() -> status(bob, alice).equals("away"));
  }

  @Test
  void strangersLearnNothing() {
    one.open(alice);
    patiently().until(() -> status(bob, alice).equals("online"));
    UUID stranger = UUID.randomUUID();
    assertEquals("unknown", status(stranger, alice));
    assertFalse(seen(stranger, alice).prettify().contains("lastSeen"));
    assertEquals("online", status(alice, alice));
  }

  @Test
  void wipedRedisIsFilledAgainBySnapshots() {
    UUID carol = friend();
    UUID gone = one.open(carol);
    patiently().until(() -> status(bob, carol).equals("online"));
    one.close(gone);
    patiently().until(() -> status(bob, carol).equals("offline"));
    String lastSeen = seen(bob, carol).getString("users[0].lastSeen");
    two.watch(alice);
    one.open(alice);
    UUID unnoticed = two.open(bob);
    patiently().until(() -> status(alice, bob).equals("online"));
    patiently().until(() -> two.pushes(alice).size() == 1);

    try (RedisLine redis = new RedisLine(Backends.ofThisProcess().redis())) {
      redis.wipe(Backends.ofThisProcess().keyPrefix());
    }
    one.claim();
    two.claim();
    assertEquals("unknown", status(bob, alice));
    two.lose(unnoticed);
    two.watch(alice);
    await()
        .until(() -> {
          one.renew();
          two.renew();
          // Each shard is complete in its own time.
          return status(bob, alice).equals("online") && !status(bob, carol).equals("unknown");
        });
    assertEquals("offline", status(bob, carol));
    assertEquals(lastSeen, seen(bob, carol).getString("users[0].lastSeen"));
    patiently().until(() -> status(alice, bob).equals("offline"));
    assertEquals(1, two.pushes(alice).size());
  }

  @Test
  void snapshotEndsSessionsThatItDoesNotName() {
    UUID session = one.open(alice);
    patiently().until(() -> status(bob, alice).equals("online"));
    one.lose(session);
    one.snapshot();
    patiently().until(() -> status(bob, alice).equals("offline"));
  }

  @Test
  void nothingIsKnownWhileRelationsStall() {
    UUID viewer = new UUID(FakeMessages.STALLED, bob.getLeastSignificantBits());
    UUID other = new UUID(FakeMessages.STALLED, alice.getLeastSignificantBits());
    assertEquals(
        "unknown", assertTimeoutPreemptively(Duration.ofSeconds(20), () -> status(viewer, other)));
  }

  @Test
  void everyForgedTokenIsRefused() {
    List<String> wrong = new ArrayList<>();
    for (var forged : TokenIssuer.shared().forged(bob)) {
      var answer =
          given()
              .header("Authorization", "Bearer " + forged.token())
              .get("/api/presence?users=" + alice);
      if (answer.statusCode() != 401 || !answer.asString().contains("\"unauthenticated\"")) {
        wrong.add(forged + ": " + answer.statusCode());
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void theApiDescribesItself() {
    given()
        .get("/api/presence/openapi")
        .then()
        .statusCode(200)
        .body(containsString("/api/presence"))
        .body(not(containsString("/internal")));
  }

  @Test
  void anonymousAndNonsenseAreRefused() {
    given().get("/api/presence?users=" + alice).then().statusCode(401);
    for (String users : List.of("", "x", alice + ",", alice.toString().toUpperCase(Locale.ROOT))) {
      given()
          .auth()
          .oauth2(TokenIssuer.shared().token(bob))
          .queryParam("users", users)
          .get("/api/presence")
          .then()
          .statusCode(400)
          .contentType("application/problem+json");
    }
  }

  @Test
  void gatewaysAskInTheNameOfAUser() {
    String body = "{\"user\":\"" + bob + "\",\"users\":[\"" + alice + "\"]}";
    given()
        .contentType("application/json")
        .body(body)
        .post("/internal/presence")
        .then()
        .statusCode(403);
    JsonPath answer =
        given()
            .header("Parley-Service", ParleyBackends.SERVICE_CREDENTIAL)
            .contentType("application/json")
            .body(body)
            .post("/internal/presence")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertEquals("offline", answer.getString("users[0].status"));
  }

  @Test
  void gatewaysAskOfThoseWhoAreWatchedOnThem() {
    String body = "{\"users\":[\"" + alice + "\"]}";
    given()
        .contentType("application/json")
        .body(body)
        .post("/internal/statuses")
        .then()
        .statusCode(403);
    String status =
        given()
            .header("Parley-Service", ParleyBackends.SERVICE_CREDENTIAL)
            .contentType("application/json")
            .body(body)
            .post("/internal/statuses")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getString("users[0].status");
    assertEquals("offline", status);
  }

  private UUID friend() {
    return new UUID(circle, UUID.randomUUID().getLeastSignificantBits());
  }

  /// What is seen once both gateways have done what they do when they renew their leases.
  private String renewed(UUID viewer, UUID user) {
    one.renew();
    two.renew();
    return status(viewer, user);
  }

  private static String status(UUID viewer, UUID user) {
    return seen(viewer, user).getString("users[0].status");
  }

  private static JsonPath seen(UUID viewer, UUID user) {
    return given()
        .auth()
        .oauth2(TokenIssuer.shared().token(viewer))
        .get("/api/presence?users=" + user)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(100));
  }

  /// As exact as what presence says.
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static void assertBetween(Instant from, Instant to, String lastSeen) {
    Instant at = Instant.parse(lastSeen);
    assertTrue(!at.isBefore(from) && !at.isAfter(to), () -> at + " from " + from + " to " + to);
  }
}
