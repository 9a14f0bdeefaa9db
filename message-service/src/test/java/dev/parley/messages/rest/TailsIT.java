package dev.parley.messages.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class TailsIT {
  @Test
  void headsAreToldOnNobodysBehalfToOtherServicesOnly() {
    String group = Person.somebody().opened("group", Person.somebody()).substring(1);
    Map<String, Object> asked =
        Map.of("conversations", List.of(group, UUID.randomUUID().toString()));
    given()
        .header("Parley-Service", ParleyBackends.SERVICE_CREDENTIAL)
        .contentType(ContentType.JSON)
        .body(asked)
        .post("/internal/tails")
        .then()
        .statusCode(200)
        .body("heads.size()", equalTo(1))
        .body("heads[0].conversation", equalTo(group))
        .body("heads[0].seq", equalTo(3));
    given()
        .contentType(ContentType.JSON)
        .body(asked)
        .post("/internal/tails")
        .then()
        .statusCode(403);
  }
}
