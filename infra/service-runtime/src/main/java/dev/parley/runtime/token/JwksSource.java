package dev.parley.runtime.token;

import dev.parley.contracts.token.AccessTokens;
import dev.parley.contracts.token.SigningAlgorithm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

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
  private final Duration timeout;

  JwksSource(URI auth) {
    this(auth, TIMEOUT);
  }

  /// @param timeout of the whole answer
  JwksSource(URI auth, Duration timeout) {
    URI jwks = URI.create(auth.toString().replaceFirst("/+$", "") + AccessTokens.JWKS_PATH);
    this.request = HttpRequest.newBuilder(jwks).build();
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<Map<String, VerificationKey>> read() {
    var answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    // A request's own timeout ends with the head of the answer; a body may stall as well, and
    // nothing is read again before this read has ended.
    return answer
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
        })
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((keys, failure) -> answer.cancel(true));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  static Map<String, VerificationKey> parse(String jwks) throws JoseException {
    Map<String, VerificationKey> keys = new HashMap<>();
    for (JsonWebKey key : new JsonWebKeySet(jwks).getJsonWebKeys()) {
      boolean signs = key.getUse() == null || key.getUse().equals("sig");
      VerificationKey usable = usable(key);
      if (signs && usable != null && key.getKeyId() != null) {
        keys.put(key.getKeyId(), usable);
      }
    }
    if (keys.isEmpty()) {
      throw new JoseException("the JWK set holds no key that could sign access tokens");
    }
    return Map.copyOf(keys);
  }

  // Null if it is of a kind or size that no key of the auth-service has.
  private static @Nullable VerificationKey usable(JsonWebKey key) {
    SigningAlgorithm algorithm = SigningAlgorithm.of(key.getAlgorithm());
    if (algorithm == null) {
      return null;
    }
    boolean fits =
        switch (algorithm) {
          case RS256, PS256 ->
              key instanceof RsaJsonWebKey rsa
                  && rsa.getRsaPublicKey().getModulus().bitLength() >= SMALLEST_MODULUS;
          case ES256 ->
              key instanceof EllipticCurveJsonWebKey ec
                  && EllipticCurves.P_256.equals(ec.getCurveName());
        };
    return fits && key instanceof PublicJsonWebKey pair
        ? new VerificationKey(algorithm, pair.getPublicKey())
        : null;
  }
}
