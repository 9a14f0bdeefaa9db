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
  void aListedOriginMayRead() {
    given()
        .header("Origin", "https://chat.example")
        .get("/api/auth/jwks")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", "https://chat.example")
        .header("Vary", "Origin");
    given()
        .header("Origin", "https://chat.example")
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "content-type")
        .options("/api/auth/login")
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Methods", containsString("POST"))
        .header("Access-Control-Allow-Headers", containsString("Content-Type"));
  }

  @Test
  void anotherOriginMayNot() {
    given()
        .header("Origin", "https://evil.example")
        .get("/api/auth/jwks")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", nullValue());
    given()
        .header("Origin", "https://evil.example")
        .header("Access-Control-Request-Method", "POST")
        .options("/api/auth/login")
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
  }
}
