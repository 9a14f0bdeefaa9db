package dev.parley.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class ServiceIT {

  @ParameterizedTest
  @CsvSource({
    "GET, /, 404, not_found",
    "GET, /api/auth/nothing, 404, not_found",
    "DELETE, /api/auth/login, 405, bad_request",
    "GET, /api/auth/login, 405, bad_request",
    "PUT, /api/auth/jwks, 405, bad_request",
    "POST, /api/users/me, 405, bad_request"
  })
  void whatIsNotThereIsAProblem(String method, String path, int status, String code) {
    given()
        .request(method, path)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code))
        .body("status", equalTo(status));
  }

  @Test
  void anotherContentTypeIsAProblem() {
    given()
        .contentType("text/plain")
        .body("{}")
        .post("/api/auth/login")
        .then()
        .statusCode(415)
        .body("code", equalTo("bad_request"));
  }

  @Test
  void theApiDescribesItself() {
    given()
        .get("/api/auth/openapi")
        .then()
        .statusCode(200)
        .body(containsString("/api/auth/refresh"))
        .body(containsString("A refresh token works once"));
  }

  @Test
  void otherOriginsGetNoLeave() {
    given()
        .header("Origin", "https://evil.example")
        .get("/api/auth/jwks")
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
  }
}
