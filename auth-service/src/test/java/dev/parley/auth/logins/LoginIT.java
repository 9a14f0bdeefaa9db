package dev.parley.auth.logins;

import static dev.parley.auth.Accounts.PASSWORD;
import static dev.parley.auth.Accounts.as;
import static dev.parley.auth.Accounts.login;
import static dev.parley.auth.Accounts.newAddress;
import static dev.parley.auth.Accounts.newName;
import static dev.parley.auth.Accounts.newUser;
import static dev.parley.auth.Accounts.refresh;
import static dev.parley.auth.Accounts.register;
import static dev.parley.auth.Accounts.tokens;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.auth.Accounts;
import dev.parley.auth.Accounts.Tokens;
import dev.parley.testing.ParleyBackends;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class LoginIT {
  @Inject MeterRegistry meters;

  @Test
  void aLoginGivesAPairOfTokens() {
    String name = newName();
    String user = register(name, PASSWORD).path("user");
    login(name, PASSWORD)
        .then()
        .statusCode(200)
        .body("accessToken", notNullValue())
        .body("refreshToken", notNullValue())
        .body("expiresIn", equalTo(900))
        .body("user", equalTo(user));
  }

  @Test
  void theAccessTokenSaysWhatTheContractAsksFor() throws Exception {
    Tokens tokens = newUser();
    JsonNode header = part(tokens, 0);
    JsonNode claims = part(tokens, 1);
    assertEquals("RS256", header.get("alg").asText());
    assertEquals("at+jwt", header.get("typ").asText());
    List<String> published = given().get("/api/auth/jwks").path("keys.kid");
    assertEquals(true, published.contains(header.get("kid").asText()));
    assertEquals("parley", claims.get("iss").asText());
    assertEquals("parley", claims.get("aud").asText());
    assertEquals(tokens.user(), claims.get("sub").asText());
    assertEquals(36, claims.get("sid").asText().length());
    assertEquals(36, claims.get("jti").asText().length());
    assertEquals(900, claims.get("exp").asLong() - claims.get("iat").asLong());
  }

  @Test
  void theUsernameMayBeWrittenInAnyCase() {
    String name = newName();
    register(name, PASSWORD).then().statusCode(201);
    login(name.toUpperCase(Locale.ROOT), PASSWORD).then().statusCode(200);
  }

  @Test
  void aWrongNameAndAWrongPasswordLookAlike() {
    String name = newName();
    register(name, PASSWORD).then().statusCode(201);
    Response wrongPassword = login(name, "wrong horse battery");
    Response wrongName = login(newName(), PASSWORD);
    assertEquals(401, wrongPassword.statusCode());
    assertEquals(401, wrongName.statusCode());
    assertEquals(wrongPassword.asString(), wrongName.asString());
    assertEquals(
        wrongPassword.headers().asList().stream().map(h -> h.getName()).toList(),
        wrongName.headers().asList().stream().map(h -> h.getName()).toList());
  }

  @Test
  void aWrongNameCostsAHashLikeAWrongPassword() {
    String name = newName();
    register(name, PASSWORD).then().statusCode(201);
    Timer hashing = meters.get("parley.auth.hashing").timer();
    long before = hashing.count();
    login(name, "wrong horse battery").then().statusCode(401);
    assertEquals(before + 1, hashing.count());
    login(newName(), PASSWORD).then().statusCode(401);
    assertEquals(before + 2, hashing.count());
  }

  @Test
  void theEleventhFailedLoginOfAnAccountIsTooMany() {
    String name = newName();
    register(name, PASSWORD).then().statusCode(201);
    for (int i = 0; i < 10; i++) {
      login(name, "wrong horse battery").then().statusCode(401);
    }
    login(name, PASSWORD)
        .then()
        .statusCode(429)
        .body("code", equalTo("rate_limited"))
        .body("retryAfter", greaterThan(0))
        .header("Retry-After", Integer::parseInt, greaterThan(0));
  }

  @Test
  void anUnknownAccountIsLimitedLikeAKnownOne() {
    String name = newName();
    for (int i = 0; i < 10; i++) {
      login(name, PASSWORD).then().statusCode(401);
    }
    login(name, PASSWORD).then().statusCode(429);
  }

  @Test
  void manyGuessesAtOnceDoNotSlipThrough() throws Exception {
    String name = newName();
    register(name, PASSWORD).then().statusCode(201);
    List<Callable<Integer>> guesses =
        Collections.nCopies(20, () -> login(name, "wrong horse battery").statusCode());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long guessed = threads.invokeAll(guesses).stream().filter(f -> f.resultNow() == 401).count();
      assertEquals(10, guessed);
    }
  }

  @Test
  void successfulLoginsAreNotCounted() {
    String name = newName();
    register(name, PASSWORD).then().statusCode(201);
    for (int i = 0; i < 12; i++) {
      login(name, PASSWORD).then().statusCode(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"username\":\"ann\"}",
        "{\"password\":\"0123456789\"}",
        "{\"username\":\"a\\u0000\",\"password\":\"0123456789\"}",
        "{\"username\":\"ann\",\"password\":\"\\ud83d234567890\"}",
        "{\"username\":\"ann\",\"password\":\"0123456789\",\"device\":7.5e}"
      })
  void whatIsNoLoginIsABadRequest(String body) {
    Accounts.from(newAddress())
        .body(body)
        .post("/api/auth/login")
        .then()
        .statusCode(400)
        .body("code", equalTo("bad_request"));
  }

  @Test
  void aRefreshTokenWorksOnce() {
    Tokens first = newUser();
    Tokens second = tokens(refresh(first.refresh()));
    assertNotEquals(first.refresh(), second.refresh());
    assertEquals(first.user(), second.user());
    Tokens third = tokens(refresh(second.refresh()));
    as(third).get("/api/users/me").then().statusCode(200);
    refresh(first.refresh()).then().statusCode(401).body("code", equalTo("unauthenticated"));
  }

  @Test
  void aLostAnswerIsRepeatedWithAFreshPair() {
    Tokens first = newUser();
    Tokens lost = tokens(refresh(first.refresh()));
    Tokens again = tokens(refresh(first.refresh()));
    assertNotEquals(lost.refresh(), again.refresh());
    Tokens next = tokens(refresh(again.refresh()));
    as(next).get("/api/users/me").then().statusCode(200);
  }

  @Test
  void aLostAnswerIsNotRepeatedAfterHalfAMinute() throws Exception {
    Tokens first = newUser();
    Tokens second = tokens(refresh(first.refresh()));
    UUID login = UUID.fromString(part(first, 1).get("sid").asText());
    QuarkusTransaction.requiringNew()
        .run(() ->
            StoredRefreshToken.update(
                "replacedAt = ?1 WHERE loginId = ?2 AND replacedAt IS NOT NULL",
                Instant.now().minusSeconds(31),
                login));
    refresh(first.refresh()).then().statusCode(401);
    refresh(second.refresh()).then().statusCode(401);
    as(second).get("/api/users/me").then().statusCode(401);
  }

  @Test
  void anAccessTokenIsNoRefreshToken() {
    Tokens tokens = newUser();
    refresh(tokens.access()).then().statusCode(401).body("code", equalTo("unauthenticated"));
  }

  @Test
  void refreshesAtOnceAllGetAPair() throws Exception {
    Tokens first = newUser();
    List<Callable<Integer>> requests =
        Collections.nCopies(5, () -> refresh(first.refresh()).statusCode());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(requests)) {
        assertEquals(200, answer.resultNow());
      }
    }
  }

  @Test
  void reuseAfterTheSuccessorWasUsedEndsTheLogin() {
    Tokens first = newUser();
    Tokens second = tokens(refresh(first.refresh()));
    Tokens third = tokens(refresh(second.refresh()));
    refresh(first.refresh()).then().statusCode(401);
    refresh(third.refresh()).then().statusCode(401);
    as(third).get("/api/users/me").then().statusCode(401).body("code", equalTo("unauthenticated"));
  }

  @Test
  void theLostSuccessorUsedAfterItsTwinEndsTheLogin() {
    Tokens first = newUser();
    Tokens lost = tokens(refresh(first.refresh()));
    Tokens again = tokens(refresh(first.refresh()));
    tokens(refresh(again.refresh()));
    refresh(lost.refresh()).then().statusCode(401);
    as(again).get("/api/users/me").then().statusCode(401);
  }

  @Test
  void otherLoginsOfTheUserLiveOn() {
    String name = newName();
    register(name, PASSWORD);
    Tokens phone = tokens(login(name, PASSWORD));
    Tokens laptop = tokens(login(name, PASSWORD));
    as(phone).post("/api/auth/logout").then().statusCode(204);
    as(laptop).get("/api/users/me").then().statusCode(200);
    refresh(laptop.refresh()).then().statusCode(200);
  }

  @Test
  void logoutEndsTheLoginAtOnce() {
    Tokens tokens = newUser();
    as(tokens).post("/api/auth/logout").then().statusCode(204);
    as(tokens).get("/api/users/me").then().statusCode(401);
    as(tokens).post("/api/auth/logout").then().statusCode(401);
    refresh(tokens.refresh()).then().statusCode(401);
  }

  @Test
  void noneMayLogOutWithoutAToken() {
    given().post("/api/auth/logout").then().statusCode(401);
  }

  @Test
  void aForgedRefreshTokenEndsNothing() {
    Tokens tokens = newUser();
    byte[] bytes = Base64.getUrlDecoder().decode(tokens.refresh());
    bytes[20] ^= 1;
    String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    refresh(forged).then().statusCode(401);
    refresh(tokens.access().substring(0, 86)).then().statusCode(401);
    refresh("garbage").then().statusCode(401);
    refresh(tokens.refresh()).then().statusCode(200);
  }

  private static JsonNode part(Tokens tokens, int index) throws Exception {
    String part = tokens.access().split("\\.", -1)[index];
    return new JsonMapper().readTree(Base64.getUrlDecoder().decode(part));
  }
}
