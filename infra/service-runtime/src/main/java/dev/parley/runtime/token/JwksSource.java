package dev.parley.runtime.token;

import dev.parley.contracts.token.AccessTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;

/// The JWK set of the auth-service over HTTP. Keys for other purposes or algorithms are passed
/// over.
final class JwksSource implements KeySource, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int SMALLEST_MODULUS = 2048;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final HttpRequest request;

  JwksSource(URI auth) {
    URI jwks = URI.create(auth.toString().replaceFirst("/+$", "") + AccessTokens.JWKS_PATH);
    request = HttpRequest.newBuilder(jwks).timeout(TIMEOUT).build();
  }

  @Override
  public CompletionStage<Map<String, RSAPublicKey>> read() {
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(response -> {
          if (response.statusCode() != 200) {
            throw new IllegalStateException(
                "%s answered %d".formatted(request.uri(), response.statusCode()));
          }
          try {
            return parse(response.body());
          } catch (JoseException e) {
            throw new CompletionException(e);
          }
        });
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  static Map<String, RSAPublicKey> parse(String jwks) throws JoseException {
    Map<String, RSAPublicKey> keys = new HashMap<>();
    for (JsonWebKey key : new JsonWebKeySet(jwks).getJsonWebKeys()) {
      boolean signs = key.getUse() == null || key.getUse().equals("sig");
      boolean ours =
          key.getAlgorithm() == null || key.getAlgorithm().equals(AccessTokens.ALGORITHM);
      if (key instanceof RsaJsonWebKey rsa
          && signs
          && ours
          && key.getKeyId() != null
          && rsa.getRsaPublicKey().getModulus().bitLength() >= SMALLEST_MODULUS) {
        keys.put(key.getKeyId(), rsa.getRsaPublicKey());
      }
    }
    if (keys.isEmpty()) {
      throw new JoseException("the JWK set holds no key that could sign access tokens");
    }
    return Map.copyOf(keys);
  }
}
