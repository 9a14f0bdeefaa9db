package dev.parley.messages.rest;

import static dev.parley.testing.Patience.await;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.runtime.trail.RedisTrailAnswers;
import dev.parley.runtime.trail.Step;
import dev.parley.runtime.trail.TrailRing;
import dev.parley.testing.ParleyBackends;
import dev.parley.testing.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class TrailIT {
  @Inject Redis redis;

  @ConfigProperty(name = "parley.redis.key-prefix")
  Optional<String> prefix;

  private final Person ada = Person.somebody();
  private final UUID message = UUID.randomUUID();

  @Test
  void onlyAdministratorsAreTold() {
    String path = path(ada.opened("group"));
    given().get(path).then().statusCode(401).body("code", equalTo("unauthenticated"));
    ada.request().get(path).then().statusCode(403).body("code", equalTo("forbidden"));
    given()
        .auth()
        .oauth2(TokenIssuer.shared().adminToken(UUID.randomUUID()))
        .get(path)
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"));
  }

  @Test
  void whatTheLogAndThisProcessKnowIsToldAndNoContent() {
    String group = sent();
    await()
        .untilAsserted(() ->
            trail(group)
                .body("committed.seq", equalTo(3))
                .body("committed.user", equalTo(ada.id().toString()))
                .body("received.via", equalTo("rest"))
                .body("routed.size()", equalTo(1))
                .body("unknown", equalTo(List.of()))
                .body(not(containsString("a secret"))));
  }

  /// A gateway's part is played; another holds a slot and does not answer.
  @Test
  void gatewaysAreAskedAndTheSilentAreNamed() {
    RoutingKeys keys = new RoutingKeys(prefix.orElse(""));
    String group = sent();
    TrailRing ring = new TrailRing(16);
    ring.event(Step.WRITTEN, UUID.fromString(group.substring(1)), 3, 1_000, 3, 0);
    SlotAddress address = new SlotAddress(61, "1-answers");
    RedisTrailAnswers gateway =
        new RedisTrailAnswers(redis, keys, ring, "gateway-service", () -> Optional.of(address));
    gateway.start();
    try {
      hold(keys, address);
      await()
          .untilAsserted(
              () -> trail(group).body("gateways.find { it.slot == 61 }.sessions", equalTo(3)));
      hold(keys, new SlotAddress(62, "2-silent"));
      trail(group)
          .body("gateways.slot", hasItem(62))
          .body("gateways.find { it.slot == 62 }.why", containsString("did not answer"));
    } finally {
      gateway.stop();
      redis.send(Request.cmd(Command.DEL).arg(keys.lease(61)).arg(keys.lease(62)));
    }
  }

  private void hold(RoutingKeys keys, SlotAddress address) {
    redis
        .send(Request.cmd(Command.SET).arg(keys.lease(address.slot())).arg(address.incarnation()))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private String sent() {
    String group = ada.opened("group");
    ada.post(
            group + "/messages",
            Map.of("message", message.toString(), "content", Map.of("text", "a secret")))
        .then()
        .statusCode(200);
    return group;
  }

  private ValidatableResponse trail(String group) {
    return given()
        .auth()
        .oauth2(TokenIssuer.shared().adminToken(UUID.randomUUID()))
        .get(path(group))
        .then()
        .statusCode(200);
  }

  private String path(String group) {
    return "/api/admin/conversations" + group + "/messages/" + message + "/trail";
  }
}
