package dev.parley.gateway.slot;

import static dev.parley.testing.Patience.await;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
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
class ReadinessIT {
  @TestHTTPResource(value = "/health/ready", management = true)
  URI ready;

  /// The client's own check made every gateway unready while Redis was away, and one that was
  /// started meanwhile for minutes more.
  @Test
  void redisItselfIsNotAskedFor() {
    await()
        .untilAsserted(() ->
            given()
                .get(ready)
                .then()
                .statusCode(200)
                .body("checks.name", hasItems("slot", "draining"))
                .body("checks.name", not(hasItem(containsString("Redis")))));
  }
}
