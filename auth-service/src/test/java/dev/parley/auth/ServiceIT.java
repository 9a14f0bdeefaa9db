package dev.parley.auth;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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

  static List<byte[]> nonsense() {
    return List.of(
        new byte[] {0, 0, 0, 0},
        new byte[] {0, 0, 0, '{'},
        new byte[] {'{', 0, 0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
        new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
        new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
        "[".repeat(5000).getBytes(UTF_8),
        "{\"username\":".repeat(2000).getBytes(UTF_8),
        "{\"username\":7,\"password\":1234567890}".getBytes(UTF_8),
        "{\"username\":true,\"password\":\"correct horse\"}".getBytes(UTF_8),
        "{\"username\":\"ann\",\"password\":\"correct horse\"} {}".getBytes(UTF_8),
        "{\"username\":\"ann\",\"username\":\"bob\",\"password\":\"correct horse\"}"
            .getBytes(UTF_8),
        ("{\"username\":" + "9".repeat(2000) + "}").getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void whatIsNoJsonOfOursIsABadRequest(byte[] body) {
    Accounts.from(Accounts.newAddress())
        .body(body)
        .post("/api/auth/login")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
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
