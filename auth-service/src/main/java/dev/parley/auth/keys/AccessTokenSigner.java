package dev.parley.auth.keys;

import dev.parley.contracts.token.AccessTokens;
import dev.parley.runtime.token.TokenConfig;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Makes access tokens. Thread-safe; takes some 2 ms of the calling thread.
@ApplicationScoped
public class AccessTokenSigner {
  private final SigningKeys keys;
  private final String issuer;
  private final Duration life;

  AccessTokenSigner(SigningKeys keys, TokenConfig tokens, AccessTokenConfig config) {
    this.keys = keys;
    this.issuer = tokens.issuer();
    this.life = config.life();
    if (!life.isPositive() || life.compareTo(AccessTokens.LONGEST_LIFE) > 0) {
      throw new IllegalStateException(
          "parley.auth.access-token.life is %s; it must be above 0 and at most %s"
              .formatted(life, AccessTokens.LONGEST_LIFE));
    }
  }

  /// How long a token is good.
  public Duration life() {
    return life;
  }

  /// An access token of `login` of `user`, good from `now`.
  ///
  /// @param admin whether the user looks after the installation
  public String sign(UUID user, UUID login, Instant now, boolean admin) {
    KeySet.Entry key = keys.signing();
    JwtClaimsBuilder claims = Jwt.issuer(issuer);
    if (admin) {
      claims.claim(AccessTokens.ROLES, List.of(AccessTokens.ADMIN));
    }
    return claims
        .audience(Set.of(AccessTokens.AUDIENCE))
        .subject(user.toString())
        .claim(AccessTokens.LOGIN, login.toString())
        .claim("jti", UUID.randomUUID().toString())
        .issuedAt(now)
        .expiresAt(now.plus(life))
        .jws()
        .algorithm(SignatureAlgorithm.fromAlgorithm(key.algorithm().name()))
        .type(AccessTokens.TYPE)
        .keyId(key.kid())
        .sign(key.privateKey());
  }
}
