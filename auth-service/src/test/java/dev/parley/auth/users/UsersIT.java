package dev.parley.auth.users;

import static dev.parley.auth.Accounts.PASSWORD;
import static dev.parley.auth.Accounts.as;
import static dev.parley.auth.Accounts.newAddress;
import static dev.parley.auth.Accounts.newName;
import static dev.parley.auth.Accounts.newUser;
import static dev.parley.auth.Accounts.register;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.oneOf;

import dev.parley.auth.Accounts;
import dev.parley.auth.Accounts.Tokens;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class UsersIT {
  private static Tokens ann;

  @BeforeEach
  void registerAnnOnce() {
    if (ann == null) {
      ann = newUser();
    }
  }

  @Test
  void oneSeesAndChangesOnesOwnProfile() {
    as(ann).get("/api/users/me").then().statusCode(200).body("user", equalTo(ann.user()));
    as(ann)
        .body(Map.of("displayName", "Ann 🌻"))
        .patch("/api/users/me")
        .then()
        .statusCode(200)
        .body("displayName", equalTo("Ann 🌻"));
    as(ann).get("/api/users/me").then().body("displayName", equalTo("Ann 🌻"));
    as(ann).body("{}").patch("/api/users/me").then().body("displayName", equalTo("Ann 🌻"));
    as(ann).body("{\"displayName\":\"\"}").patch("/api/users/me").then().statusCode(400);
    as(ann).patch("/api/users/me").then().statusCode(400);
  }

  @Test
  void oneSeesOthersProfilesWithoutTheirSecrets() {
    String name = newName();
    String bob = register(name, PASSWORD).path("user");
    as(ann)
        .get("/api/users/" + bob)
        .then()
        .statusCode(200)
        .body("", equalTo(Map.of("user", bob, "username", name, "displayName", "Ann")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"01890a5d-ac96-774b-bcce-b302099a8057", "nobody", "1", "%00", "%F0%9F%8C%BB"})
  void whoIsNotThereIsNotFound(String user) {
    given()
        .urlEncodingEnabled(false)
        .auth()
        .oauth2(ann.access())
        .get("/api/users/" + user)
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"));
  }

  @Test
  void searchFindsPartsOfBothNamesTheUsernamesBeginningFirst() {
    String key = UUID.randomUUID().toString().substring(0, 12);
    named("zz" + key, "one");
    named(key + "aa", "two");
    named("other-" + key.substring(0, 2) + UUID.randomUUID(), "Miss " + key + " Three");
    as(ann)
        .get("/api/users?query={q}", key.toUpperCase(Locale.ROOT))
        .then()
        .statusCode(200)
        .body("users", hasSize(3))
        .body("users[0].displayName", equalTo("two"))
        .body("users.displayName", hasItem("one"));
  }

  @Test
  void searchGivesTwentyAtMost() {
    String key = UUID.randomUUID().toString().substring(0, 12);
    for (int i = 0; i < 21; i++) {
      named(key + "-" + i, "x");
    }
    as(ann).get("/api/users?query={q}", key).then().body("users", hasSize(20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%%", "___", "!!!", "\\\\\\", "'''", "nobody has this name"})
  void whatMeansSomethingToTheDatabaseIsOnlyText(String query) {
    as(ann).get("/api/users?query={q}", query).then().statusCode(200).body("users", empty());
  }

  @Test
  void searchFindsNamesOfEveryScript() {
    String name = "王小明" + UUID.randomUUID();
    named(newName(), name);
    as(ann)
        .get("/api/users?query={q}", name.substring(1, 20))
        .then()
        .body("users.displayName", contains(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "  ab  ", "ae\u0301"})
  void aShortQueryIsABadRequest(String query) {
    as(ann)
        .get("/api/users?query={q}", query)
        .then()
        .statusCode(400)
        .body("code", equalTo("bad_request"));
    as(ann).get("/api/users").then().statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/users/me", "/api/users?query=abc", "/api/users/x"})
  void nothingIsToldWithoutAToken(String path) {
    given()
        .get(path)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", "Bearer")
        .body("code", equalTo("unauthenticated"));
  }

  @Test
  void aTokenInTheAddressIsNoToken() {
    given().get("/api/users/me?access_token=" + ann.access()).then().statusCode(401);
  }

  @Test
  void servicesLearnWhoDoesNotExist() {
    String nobody = UUID.randomUUID().toString();
    internal()
        .body(Map.of("users", List.of(ann.user(), nobody)))
        .post("/internal/users/exist")
        .then()
        .statusCode(200)
        .body("missing", equalTo(List.of(nobody)));
    internal()
        .body(Map.of("users", List.of()))
        .post("/internal/users/exist")
        .then()
        .body("missing", empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "", "{\"users\":[\"x\"]}", "{\"users\":7}"})
  void whatIsNoListOfUsersIsABadRequest(String body) {
    internal().body(body).post("/internal/users/exist").then().statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/users/exist",
        "/internal/users/exist/",
        "/internal//users/exist",
        "//internal/users/exist",
        "/internal;x=1/users/exist",
        "/%69nternal/users/exist",
        "/api/../internal/users/exist"
      })
  void internalAddressesWantTheServiceCredentialHoweverSpelt(String path) {
    RequestSpecification anonymous =
        given().urlEncodingEnabled(false).contentType(ContentType.JSON);
    anonymous.body("{}").post(path).then().statusCode(oneOf(403, 404));
    given()
        .urlEncodingEnabled(false)
        .contentType(ContentType.JSON)
        .auth()
        .oauth2(ann.access())
        .header("Parley-Service", "guess")
        .body("{}")
        .post(path)
        .then()
        .statusCode(oneOf(403, 404));
  }

  private static RequestSpecification internal() {
    return given()
        .contentType(ContentType.JSON)
        .header("Parley-Service", ParleyBackends.SERVICE_CREDENTIAL);
  }

  private static void named(String username, String displayName) {
    Accounts.from(newAddress())
        .body(Map.of("username", username, "password", PASSWORD, "displayName", displayName))
        .post("/api/auth/register")
        .then()
        .statusCode(201);
  }
}
