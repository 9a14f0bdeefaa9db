package dev.parley.auth.keys;

import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.lang.JoseException;

/// The public keys as a JWK set (RFC 7517). Each names the one algorithm that it is for.
public record JwkSet(List<Map<String, Object>> keys) {
  // Half the time for which a new key is published before it signs.
  private static final int FRESH_SECONDS = 30;

  static Response response(KeySet keys) {
    CacheControl cache = new CacheControl();
    cache.setMaxAge(FRESH_SECONDS);
    JwkSet set = new JwkSet(keys.keys().stream().map(JwkSet::jwk).toList());
    return Response.ok(set).cacheControl(cache).build();
  }

  private static Map<String, Object> jwk(KeySet.Entry key) {
    try {
      JsonWebKey made = JsonWebKey.Factory.newJwk(key.publicKey());
      Map<String, Object> jwk = new LinkedHashMap<>();
      jwk.put("kty", made.getKeyType());
      jwk.put("use", "sig");
      jwk.put("alg", key.algorithm().name());
      jwk.put("kid", key.kid());
      jwk.putAll(made.toParams(OutputControlLevel.PUBLIC_ONLY));
      return jwk;
    } catch (JoseException e) {
      throw new IllegalStateException("a signing key cannot be published", e);
    }
  }
}
