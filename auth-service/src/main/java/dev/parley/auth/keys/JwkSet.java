package dev.parley.auth.keys;

import dev.parley.contracts.token.AccessTokens;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// The public keys as a JWK set (RFC 7517).
public record JwkSet(List<Jwk> keys) {
  /// One RSA public key.
  public record Jwk(String kty, String use, String alg, String kid, String n, String e) {}

  // Half the time for which a new key is published before it signs.
  private static final int FRESH_SECONDS = 30;

  static Response response(KeySet keys) {
    CacheControl cache = new CacheControl();
    cache.setMaxAge(FRESH_SECONDS);
    JwkSet set = new JwkSet(keys.keys().stream().map(JwkSet::jwk).toList());
    return Response.ok(set).cacheControl(cache).build();
  }

  private static Jwk jwk(KeySet.Entry key) {
    return new Jwk(
        "RSA",
        "sig",
        AccessTokens.ALGORITHM,
        key.kid(),
        base64(key.publicKey().getModulus()),
        base64(key.publicKey().getPublicExponent()));
  }

  // Big endian without the sign's zero byte, as RFC 7518 asks for.
  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
  }
}
