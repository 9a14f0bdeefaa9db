package dev.parley.auth.keys;

import static dev.parley.auth.Accounts.as;
import static dev.parley.auth.Accounts.newUser;
import static dev.parley.auth.Accounts.refresh;
import static dev.parley.auth.Accounts.tokens;
import static dev.parley.testing.Patience.await;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.auth.Accounts.Tokens;
import dev.parley.contracts.token.SigningAlgorithm;
import dev.parley.testing.ForgedTokens;
import dev.parley.testing.ParleyBackends;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class KeysIT {
  @Inject SigningKeys keys;
  @Inject KeyConfig config;
  @Inject PostgresKeyLock lock;

  @ConfigProperty(name = "parley.auth.key-encryption-key")
  Optional<String> secret;

  @Test
  void theKeySetIsPublishedWhereLibrariesLookForIt() throws Exception {
    Response jwks = given().get("/api/auth/jwks");
    jwks.then().statusCode(200).header("Cache-Control", containsString("max-age=30"));
    assertEquals(jwks.asString(), given().get("/.well-known/jwks.json").asString());
    for (JsonNode key : new JsonMapper().readTree(jwks.asString()).get("keys")) {
      if (key.get("kty").asText().equals("RSA")) {
        assertEquals(List.of("kty", "use", "alg", "kid", "n", "e"), fields(key));
        assertEquals(256, Base64.getUrlDecoder().decode(key.get("n").asText()).length);
      } else {
        assertEquals(Set.of("kty", "use", "alg", "kid", "crv", "x", "y"), Set.copyOf(fields(key)));
      }
    }
  }

  @Test
  void instancesThatStartAtOnceMakeOneKey() throws Exception {
    QuarkusTransaction.requiringNew().run(() -> SigningKey.deleteAll());
    List<SigningKeys> instances =
        Stream.generate(() -> new SigningKeys(config, secret, lock)).limit(4).toList();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<String>> starts = new ArrayList<>();
      for (SigningKeys instance : instances) {
        starts.add(() -> {
          instance.maintain();
          return instance.signing().kid();
        });
      }
      long kids = threads.invokeAll(starts).stream().map(Future::resultNow).distinct().count();
      assertEquals(1, kids);
    }
    keys.maintain();
    // The verifier does not ask for a key that it does not know right after it has read them all.
    Tokens user = newUser();
    await().until(() -> as(user).get("/api/users/me").statusCode() == 200);
  }

  /// Its own clock says that this key has not begun yet, if the other instance's is ahead.
  @Test
  void anInstanceWhoseClockIsBehindTakesTheFirstKeyOfTheOther() {
    QuarkusTransaction.requiringNew().run(() -> SigningKey.deleteAll());
    keys.maintain();
    assertTrue(keys.known().signs(Instant.now().minus(config.lead().dividedBy(2))));
  }

  @Test
  void bothKeysAreGoodDuringARotation() throws Exception {
    Tokens before = newUser();
    String next =
        internal().post("/internal/keys/rotate").then().statusCode(201).extract().path("kid");
    assertTrue(published().contains(next));
    assertTrue(published().contains(kid(before)));
    await().until(() -> keys.signing().kid().equals(next));
    Tokens after = tokens(refresh(before.refresh()));
    assertEquals(next, kid(after));
    as(before).get("/api/users/me").then().statusCode(200);
    as(after).get("/api/users/me").then().statusCode(200);
  }

  @ParameterizedTest
  @EnumSource(
      value = SigningAlgorithm.class,
      names = {"ES256", "PS256"})
  void aRotationMayChangeTheAlgorithm(SigningAlgorithm algorithm) throws Exception {
    Tokens before = newUser();
    String next = rotated(algorithm);
    Tokens after = tokens(refresh(before.refresh()));
    assertEquals(next, kid(after));
    assertEquals(algorithm.name(), header(after).get("alg").asText());
    as(before).get("/api/users/me").then().statusCode(200);
    as(after).get("/api/users/me").then().statusCode(200);
    Response again = internal().post("/internal/keys/rotate");
    assertEquals(algorithm.name(), again.path("algorithm"));
    rotated(SigningAlgorithm.RS256);
    as(after).get("/api/users/me").then().statusCode(200);
    internal().post("/internal/keys/rotate?algorithm=HS256").then().statusCode(400);
    // Whichever key other tests withdraw, none of these is to sign in its place.
    internal().delete("/internal/keys/" + next).then().statusCode(204);
    internal().delete("/internal/keys/" + again.path("kid")).then().statusCode(204);
  }

  @Test
  void aWithdrawnKeysTokensAreRefusedAndAnotherSigns() throws Exception {
    Tokens before = newUser();
    internal().delete("/internal/keys/" + kid(before)).then().statusCode(204);
    assertFalse(published().contains(kid(before)));
    await().until(() -> as(before).get("/api/users/me").statusCode() == 401);
    await().until(() -> as(newUser()).get("/api/users/me").statusCode() == 200);
    internal().delete("/internal/keys/" + kid(before)).then().statusCode(404);
  }

  @Test
  void noneButServicesMayRotate() {
    given().post("/internal/keys/rotate").then().statusCode(403);
    given().delete("/internal/keys/x").then().statusCode(403);
  }

  @Test
  void everyForgedTokenIsRefused() {
    Tokens ann = newUser();
    KeySet.Entry key = keys.signing();
    RSAPrivateCrtKey genuine = (RSAPrivateCrtKey) key.privateKey();
    List<String> wrong = new ArrayList<>();
    for (var forged : ForgedTokens.all(key.kid(), genuine, UUID.fromString(ann.user()))) {
      Response answer =
          given().header("Authorization", "Bearer " + forged.token()).get("/api/users/me");
      if (answer.statusCode() != 401 || !answer.asString().contains("\"unauthenticated\"")) {
        wrong.add(forged + ": " + answer.statusCode());
      }
    }
    assertEquals(List.of(), wrong);
  }

  private String rotated(SigningAlgorithm algorithm) {
    String next = internal().post("/internal/keys/rotate?algorithm=" + algorithm).path("kid");
    await().until(() -> keys.signing().kid().equals(next));
    return next;
  }

  private static RequestSpecification internal() {
    return given().header("Parley-Service", ParleyBackends.SERVICE_CREDENTIAL);
  }

  private static List<String> published() throws Exception {
    List<String> kids = new ArrayList<>();
    String jwks = given().get("/api/auth/jwks").asString();
    new JsonMapper().readTree(jwks).get("keys").forEach(key -> kids.add(key.get("kid").asText()));
    return kids;
  }

  private static String kid(Tokens tokens) throws Exception {
    return header(tokens).get("kid").asText();
  }

  private static JsonNode header(Tokens tokens) throws Exception {
    String header = tokens.access().split("\\.", -1)[0];
    return new JsonMapper().readTree(Base64.getUrlDecoder().decode(header));
  }

  private static List<String> fields(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }
}
