package dev.parley.runtime.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.token.Revocation;
import dev.parley.runtime.revocation.Revocations;
import dev.parley.testing.ForgedTokens.Forged;
import dev.parley.testing.TokenIssuer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenVerifierTest {
  private static final UUID USER = UUID.randomUUID();
  private static final UUID LOGIN = UUID.randomUUID();
  private static final TokenIssuer ISSUER = TokenIssuer.shared();
  private static final JwksSource SOURCE = new JwksSource(ISSUER.url());

  private final Revocations revocations = new Revocations(Clock.systemUTC());
  private final TokenVerifier verifier = verifier(Clock.systemUTC());

  @AfterEach
  void close() {
    verifier.close();
  }

  @Test
  void aGoodTokenNamesItsCaller() throws Exception {
    Instant expires = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 60);
    var verdict =
        assertInstanceOf(Verdict.Accepted.class, verdict(ISSUER.token(USER, LOGIN, expires)));
    assertEquals(USER, verdict.caller().user());
    assertEquals(LOGIN, verdict.caller().login());
    assertEquals(expires, verdict.caller().expires());
  }

  @Test
  void aTokenSaysWhoIsAnAdministrator() throws Exception {
    assertEquals(false, accepted(ISSUER.token(USER)).admin());
    assertEquals(false, accepted(withRoles(List.of("editor"))).admin());
    assertEquals(true, accepted(withRoles(List.of("editor", "admin"))).admin());
    assertInstanceOf(Verdict.Refused.class, verdict(withRoles("admin")));
    assertInstanceOf(Verdict.Refused.class, verdict(withRoles(List.of(1))));
  }

  private static String withRoles(Object roles) {
    var claims = TokenIssuer.claims(USER, LOGIN, Instant.now().plusSeconds(60));
    claims.put("roles", roles);
    return ISSUER.sign(claims);
  }

  private Caller accepted(String token) throws Exception {
    return assertInstanceOf(Verdict.Accepted.class, verdict(token)).caller();
  }

  @AfterAll
  static void closeSource() {
    SOURCE.close();
  }

  static List<Forged> forged() {
    return ISSUER.forged(USER);
  }

  @ParameterizedTest
  @MethodSource("forged")
  void aForgedTokenIsRefused(Forged forged) throws Exception {
    assertInstanceOf(Verdict.Refused.class, verdict(forged.token()));
  }

  @Test
  void thereAreManyWaysToForge() {
    assertTrue(forged().size() >= 100, () -> forged().size() + " ways");
  }

  @Test
  void aTokenEndsWithItsTimeAndTheSkew() throws Exception {
    Instant now = Instant.now();
    String token = ISSUER.token(USER, LOGIN, now.plusSeconds(60));
    assertInstanceOf(Verdict.Accepted.class, at(now.plusSeconds(62), token));
    assertInstanceOf(Verdict.Refused.class, at(now.plusSeconds(66), token));
  }

  @Test
  void aRevokedLoginsTokenIsRevoked() throws Exception {
    String token = ISSUER.token(USER, LOGIN);
    revocations.learn(new Revocation.Login(LOGIN, Instant.now()));
    assertInstanceOf(Verdict.Revoked.class, verdict(token));
    assertInstanceOf(Verdict.Accepted.class, verdict(ISSUER.token(USER)));
  }

  @Test
  void aRevokedUsersEarlierTokensAreRevoked() throws Exception {
    String token = ISSUER.token(USER);
    revocations.learn(new Revocation.User(USER, Instant.now()));
    assertInstanceOf(Verdict.Revoked.class, verdict(token));
    assertInstanceOf(Verdict.Accepted.class, verdict(ISSUER.token(UUID.randomUUID())));
  }

  @Test
  void withoutKeysNothingIsKnown() throws Exception {
    try (JwksSource dead = new JwksSource(URI.create("http://127.0.0.1:9"));
        TokenVerifier blind =
            new TokenVerifier(dead, revocations, new TestConfig(), Clock.systemUTC())) {
      Verdict verdict =
          blind.verify(ISSUER.token(USER)).toCompletableFuture().get(10, TimeUnit.SECONDS);
      assertInstanceOf(Verdict.Unknown.class, verdict);
      HealthCheckResponse health = new TokenBeans().keysRead(blind).call();
      assertEquals(HealthCheckResponse.Status.DOWN, health.getStatus());
      String cause = health.getData().orElseThrow().get("cause").toString();
      assertTrue(cause.contains("ConnectException"), cause);
    }
  }

  private Verdict verdict(String token) throws Exception {
    return verifier.verify(token).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private Verdict at(Instant time, String token) throws Exception {
    try (TokenVerifier later = verifier(Clock.fixed(time, ZoneOffset.UTC))) {
      return later.verify(token).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private TokenVerifier verifier(Clock clock) {
    return new TokenVerifier(SOURCE, revocations, new TestConfig(), clock);
  }

  record TestConfig(
      String issuer, Duration clockSkew, Duration refetchInterval, Duration refreshInterval)
      implements TokenConfig {
    TestConfig() {
      this("parley", Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(5));
    }
  }
}
