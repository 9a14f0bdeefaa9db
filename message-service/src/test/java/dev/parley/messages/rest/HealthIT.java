package dev.parley.messages.rest;

import static dev.parley.testing.Patience.await;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class HealthIT {
  private static final String DATABASE = "Database connections health check";

  @TestHTTPResource(value = "/health/", management = true)
  URI health;

  @Test
  void eachQuestionHasItsChecks() {
    await()
        .untilAsserted(() ->
            given()
                .get(health + "ready")
                .then()
                .statusCode(200)
                .body(
                    "checks.name",
                    hasItems("commands", "access token keys", "revocations", DATABASE)));
    given()
        .get(health + "started")
        .then()
        .statusCode(200)
        .body("checks.name", hasItems("access token keys", "revocations"));
    given()
        .get(health + "live")
        .then()
        .statusCode(200)
        .body("checks.name", hasItem("commands"))
        // Starting again would not bring the database back.
        .body("checks.name", not(hasItem(DATABASE)));
  }

  @Test
  void thePublicPortKnowsNothingOfIt() {
    for (String path : new String[] {"/q/health", "/q/health/ready", "/q/metrics"}) {
      given().get(path).then().statusCode(404).body("code", equalTo("not_found"));
    }
  }
}
