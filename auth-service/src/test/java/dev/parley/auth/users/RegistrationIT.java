package dev.parley.auth.users;

import static dev.parley.auth.Accounts.PASSWORD;
import static dev.parley.auth.Accounts.newAddress;
import static dev.parley.auth.Accounts.newName;
import static dev.parley.auth.Accounts.register;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.auth.Accounts;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class RegistrationIT {
  @Test
  void aNewUserIsMade() {
    String name = newName();
    register(name, PASSWORD)
        .then()
        .statusCode(201)
        .body("user", notNullValue())
        .body("username", equalTo(name))
        .body("displayName", equalTo("Ann"))
        .body("repeated", nullValue());
  }

  @Test
  void aUsernameIsTakenWithoutRegardToCase() {
    String name = newName();
    register(name, PASSWORD).then().statusCode(201);
    register(name.toUpperCase(Locale.ROOT), PASSWORD)
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("conflict"));
  }

  @Test
  void aUsernameIsTakenInEveryUnicodeForm() {
    String name = newName().substring(0, 20);
    register(name + "ﬁé", PASSWORD).then().statusCode(201);
    register(name + "fie\u0301", PASSWORD).then().statusCode(409);
  }

  @Test
  void manyAtOnceMakeOneUser() throws Exception {
    String name = newName();
    List<Callable<Integer>> requests =
        Collections.nCopies(6, () -> register(name, PASSWORD).statusCode());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> statuses =
          threads.invokeAll(requests).stream().map(f -> f.resultNow()).sorted().toList();
      assertEquals(List.of(201, 409, 409, 409, 409, 409), statuses);
    }
  }

  @Test
  void theSameIdempotencyKeyGetsTheFirstAnswer() {
    String name = newName();
    String key = UUID.randomUUID().toString();
    String user = keyed(key, name).then().statusCode(201).extract().path("user");
    keyed(key, name).then().statusCode(201).body("user", is(user)).body("repeated", is(true));
    keyed(key, newName()).then().statusCode(409).body("code", equalTo("conflict"));
    keyed("not a UUID", newName()).then().statusCode(400).body("code", equalTo("bad_request"));
  }

  @Test
  void theSameIdempotencyKeyAtOnceMakesOneUser() throws Exception {
    String name = newName();
    String key = UUID.randomUUID().toString();
    List<Callable<String>> requests = Collections.nCopies(4, () -> keyed(key, name).path("user"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long users = threads.invokeAll(requests).stream().map(f -> f.resultNow()).distinct().count();
      assertEquals(1, users);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"username\":7,\"password\":{},\"displayName\":[]}",
        "{\"username\":\"%s\",\"password\":\"short\",\"displayName\":\"A\"}",
        "{\"username\":\"%s\",\"displayName\":\"A\"}",
        "{\"username\":\"%s\",\"password\":\"0123456789\",\"displayName\":\"\"}",
        "{\"username\":\"%s\",\"password\":\"0123456789\",\"displayName\":\"a\\nb\"}",
        "{\"username\":\"%s\",\"password\":\"0123456789\",\"displayName\":\"a\\u0000b\"}",
        "{\"username\":\"%s\",\"password\":\"0123456789\\u0000\",\"displayName\":\"A\"}",
        "{\"username\":\"%s\",\"password\":\"0123456789\",\"displayName\":\"\\ud83d\"}",
        "{\"username\":\"%s\\udc00\",\"password\":\"0123456789\",\"displayName\":\"A\"}",
        "{\"username\":\"with space\",\"password\":\"0123456789\",\"displayName\":\"A\"}",
        "{\"username\":\"-dash\",\"password\":\"0123456789\",\"displayName\":\"A\"}",
        "{\"username\":\"a\",\"password\":\"0123456789\",\"displayName\":\"A\"}"
      })
  void whatIsNoRegistrationIsABadRequest(String body) {
    Accounts.from(newAddress())
        .body(body.replace("%s", newName()))
        .post("/api/auth/register")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("bad_request"));
  }

  @Test
  void lengthsAreBounded() {
    String longest = "x".repeat(256);
    register(newName(), longest).then().statusCode(201);
    register(newName(), longest + "x").then().statusCode(400);
    register("n".repeat(65), PASSWORD).then().statusCode(400);
    display("d".repeat(80)).then().statusCode(201);
    display("d".repeat(81)).then().statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "👩‍👩‍👧‍👦 Ann",
        "שלום",
        "مرحبا",
        "王小明",
        "e\u0301a\u0323",
        "𝔘𝔫𝔦",
        "' OR 1=1 --",
        "<b>"
      })
  void aDisplayNameComesBackAsItWasSent(String name) {
    display(name).then().statusCode(201).body("displayName", equalTo(name));
  }

  @Test
  void withoutADisplayNameItIsTheUsername() {
    String name = newName();
    Accounts.from(newAddress())
        .body(Map.of("username", name, "password", PASSWORD))
        .post("/api/auth/register")
        .then()
        .statusCode(201)
        .body("displayName", equalTo(name));
  }

  @Test
  void unknownFieldsAreIgnored() {
    Accounts.from(newAddress())
        .body(Map.of("username", newName(), "password", PASSWORD, "role", "admin"))
        .post("/api/auth/register")
        .then()
        .statusCode(201);
  }

  @Test
  void anOversizedBodyIsRefused() {
    Accounts.from(newAddress())
        .body("{\"username\":\"" + "x".repeat(100_000) + "\"}")
        .post("/api/auth/register")
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("code", equalTo("too_large"));
  }

  @Test
  void anAddressMayRegisterThreeHundredTimesAMinute() {
    String address = newAddress();
    String name = newName();
    register(address, name, PASSWORD).then().statusCode(201);
    for (int i = 1; i < 300; i++) {
      register(address, name, PASSWORD).then().statusCode(409);
    }
    register(address, name, PASSWORD).then().statusCode(429).body("code", equalTo("rate_limited"));
    register(newAddress(), name, PASSWORD).then().statusCode(409);
  }

  private static Response keyed(String key, String name) {
    return Accounts.from(newAddress())
        .header("Idempotency-Key", key)
        .body(Map.of("username", name, "password", PASSWORD, "displayName", "Ann"))
        .post("/api/auth/register");
  }

  private static Response display(String name) {
    return Accounts.from(newAddress())
        .body(Map.of("username", newName(), "password", PASSWORD, "displayName", name))
        .post("/api/auth/register");
  }
}
