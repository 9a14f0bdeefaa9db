package dev.parley.runtime.token;

import dev.parley.contracts.token.AccessTokens;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/// A verified [Caller] in the form in which the security layer carries it.
final class CallerPrincipal extends DefaultJWTCallerPrincipal {
  private final Caller caller;

  CallerPrincipal(String token, Caller caller) {
    super(token, AccessTokens.TYPE, claims(caller));
    this.caller = caller;
  }

  Caller caller() {
    return caller;
  }

  private static JwtClaims claims(Caller caller) {
    JwtClaims claims = new JwtClaims();
    claims.setSubject(caller.user().toString());
    claims.setStringClaim(AccessTokens.LOGIN, caller.login().toString());
    claims.setIssuedAt(NumericDate.fromSeconds(caller.issued().getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(caller.expires().getEpochSecond()));
    return claims;
  }
}
