package dev.parley.runtime.token;

import dev.parley.contracts.Ids;
import dev.parley.contracts.token.AccessTokens;
import dev.parley.contracts.token.SigningAlgorithm;
import dev.parley.runtime.revocation.Revocations;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Decides whether an access token is good: the one place for sockets, REST and the auth-service
/// itself. A token is good if it is exactly what the auth-service writes (see [AccessTokens]):
/// signed by a published key that its `kid` names with that key's algorithm, the right issuer and
/// audience, within its time, for ids that are ids, and not revoked. Keys inside a token are never
/// looked at.
///
/// Thread-safe. A verification takes some 100 µs of the calling thread and never blocks it; only if
/// the `kid` is unknown does the verdict come later, on another thread.
public final class TokenVerifier implements AutoCloseable {
  /// Ours have about 700 characters; a longer text is not worth the work of looking at it.
  static final int LONGEST_TOKEN = 4096;

  private static final Logger LOG = Logger.getLogger(TokenVerifier.class);
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final Keyring keyring;
  private final Revocations revocations;
  private final TokenConfig config;
  private final Clock clock;

  /// @param source read in the background once [#start()] has been called
  public TokenVerifier(KeySource source, Revocations revocations, TokenConfig config, Clock clock) {
    this.keyring = new Keyring(source, config, System::nanoTime);
    this.revocations = revocations;
    this.config = config;
    this.clock = clock;
  }

  /// Begins to read the keys and to keep them fresh, until [#close()].
  public void start() {
    keyring.keepFresh();
  }

  /// Whether the keys have been read at least once.
  public boolean ready() {
    return keyring.loaded();
  }

  /// Why the keys have not been read, while they have not.
  String problem() {
    return "The keys of the auth-service have not been read: " + keyring.problem();
  }

  @Override
  public void close() {
    keyring.close();
  }

  /// The verdict on `token`, the text after `Bearer `. The stage never completes exceptionally.
  ///
  /// Whoever opens something lasting with an accepted token asks [Revocations#isRevoked] once more
  /// after making it known to its revocation listener: a revocation may arrive in between.
  public CompletionStage<Verdict> verify(String token) {
    JsonWebSignature parsed = parse(token);
    if (parsed == null) {
      return refused("malformed");
    }
    // The library's own getters fail on values that are no strings.
    SigningAlgorithm algorithm =
        parsed.getHeaders().getObjectHeaderValue("alg") instanceof String name
            ? SigningAlgorithm.of(name)
            : null;
    if (algorithm == null) {
      return refused("algorithm");
    }
    if (!(parsed.getHeaders().getObjectHeaderValue("kid") instanceof String kid)) {
      return refused("kid");
    }
    return keyring
        .find(kid)
        .thenApply(found -> {
          VerificationKey key = found.key();
          if (key != null) {
            return key.algorithm() == algorithm
                ? judge(token, key)
                : new Verdict.Refused("algorithm");
          }
          return found.current() ? new Verdict.Refused("kid") : new Verdict.Unknown();
        });
  }

  private Verdict judge(String token, VerificationKey key) {
    Instant now = clock.instant();
    try {
      JwtClaims claims =
          new JwtConsumerBuilder()
              .setVerificationKey(key.key())
              .setJwsAlgorithmConstraints(ConstraintType.PERMIT, key.algorithm().name())
              .setExpectedType(true, AccessTokens.TYPE)
              .setExpectedIssuer(true, config.issuer())
              .setExpectedAudience(true, AccessTokens.AUDIENCE)
              .setRequireSubject()
              .setRequireJwtId()
              .setRequireIssuedAt()
              .setRequireExpirationTime()
              .setAllowedClockSkewInSeconds((int) config.clockSkew().toSeconds())
              .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
              .build()
              .processToClaims(token);
      return judge(claims, now);
    } catch (InvalidJwtException e) {
      return new Verdict.Refused("signature or claims");
    } catch (MalformedClaimException e) {
      return new Verdict.Refused("claims");
    } catch (RuntimeException e) {
      // Whatever hostile input makes the library trip over must not become an internal error.
      LOG.debug("the token library failed", e);
      return new Verdict.Refused("library");
    }
  }

  private Verdict judge(JwtClaims claims, Instant now) throws MalformedClaimException {
    UUID user = Ids.parse(claims.getSubject());
    UUID login = Ids.parse(claims.getStringClaimValue(AccessTokens.LOGIN));
    if (user == null || login == null) {
      return new Verdict.Refused("ids");
    }
    Instant issued = Instant.ofEpochSecond(claims.getIssuedAt().getValue());
    Instant expires = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
    if (issued.isAfter(now.plus(config.clockSkew()))
        || expires.isAfter(issued.plus(AccessTokens.LONGEST_LIFE))) {
      return new Verdict.Refused("life");
    }
    Caller caller = new Caller(user, login, issued, expires, admin(claims));
    return revocations.isRevoked(login, user, issued)
        ? new Verdict.Revoked(caller)
        : new Verdict.Accepted(caller);
  }

  private static boolean admin(JwtClaims claims) throws MalformedClaimException {
    return claims.hasClaim(AccessTokens.ROLES)
        && claims.getStringListClaimValue(AccessTokens.ROLES).contains(AccessTokens.ADMIN);
  }

  // Null unless it is three canonical base64url parts with a JSON header: lenient decoders take
  // several texts for one token, and trailing garbage for none.
  private static @Nullable JsonWebSignature parse(String token) {
    if (token.length() > LONGEST_TOKEN) {
      return null;
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      for (String part : parts) {
        if (part.isEmpty() || !ENCODER.encodeToString(DECODER.decode(part)).equals(part)) {
          return null;
        }
      }
      JsonWebSignature parsed = new JsonWebSignature();
      parsed.setCompactSerialization(token);
      return parsed;
    } catch (IllegalArgumentException | JoseException e) {
      return null;
    }
  }

  private static CompletionStage<Verdict> refused(String reason) {
    return CompletableFuture.completedStage(new Verdict.Refused(reason));
  }
}
