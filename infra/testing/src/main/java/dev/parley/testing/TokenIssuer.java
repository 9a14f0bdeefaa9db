package dev.parley.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Stands in for auth-service: signs access tokens (RS256) and serves the key set that proves them
/// at `/api/auth/jwks`. Thread-safe.
public final class TokenIssuer {
  /// The key's name, in tokens and in the key set.
  public static final String KEY_ID = "test-key";

  private static final String URL_PROPERTY = "parley.testing.issuer.url";
  private static final String KEY_PROPERTY = "parley.testing.issuer.key";
  private static final Duration LIFE = Duration.ofMinutes(15);

  private final URI url;
  private final RSAPrivateCrtKey key;

  private TokenIssuer(URI url, RSAPrivateCrtKey key) {
    this.url = url;
    this.key = key;
  }

  /// The one issuer of this process. It is kept in system properties, because Quarkus loads classes
  /// of tests more than once.
  public static TokenIssuer shared() {
    synchronized (System.getProperties()) {
      try {
        if (System.getProperty(URL_PROPERTY) == null) {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
          generator.initialize(2048);
          KeyPair pair = generator.generateKeyPair();
          System.setProperty(
              KEY_PROPERTY, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
          System.setProperty(URL_PROPERTY, serve(jwks((RSAPublicKey) pair.getPublic())).toString());
        }
        byte[] encoded = Base64.getDecoder().decode(System.getProperty(KEY_PROPERTY));
        return new TokenIssuer(
            URI.create(System.getProperty(URL_PROPERTY)),
            (RSAPrivateCrtKey)
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// What `parley.auth.url` is set to.
  public URI url() {
    return url;
  }

  /// An access token of a new login of this user, good for 15 minutes.
  public String token(UUID user) {
    return token(user, UUID.randomUUID());
  }

  /// An access token of this login of this user, good for 15 minutes.
  public String token(UUID user, UUID login) {
    return sign(claims(user, login, Instant.now().plus(LIFE)));
  }

  /// An access token that ends at the given moment, to the second.
  public String token(UUID user, UUID login, Instant expires) {
    return sign(claims(user, login, expires));
  }

  /// An access token of an administrator, good for 15 minutes.
  public String adminToken(UUID user) {
    Map<String, Object> claims = claims(user, UUID.randomUUID(), Instant.now().plus(LIFE));
    claims.put("roles", List.of("admin"));
    return sign(claims);
  }

  /// The claims of a proper access token, to be changed at will and given to [#sign].
  public static Map<String, Object> claims(UUID user, UUID login, Instant expires) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", "parley");
    claims.put("aud", "parley");
    claims.put("sub", user.toString());
    claims.put("upn", user.toString());
    claims.put("sid", login.toString());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("exp", expires.getEpochSecond());
    return claims;
  }

  /// Signs any claims with the published key and the proper header.
  public String sign(Map<String, Object> claims) {
    return sign(Map.of("alg", "RS256", "typ", "at+jwt", "kid", KEY_ID), claims);
  }

  /// Signs any claims under any header with RS256 and the published key, whatever the header says.
  public String sign(Map<String, Object> header, Map<String, Object> claims) {
    String input = Jws.input(header, claims);
    return input + "." + Jws.sign(key, input);
  }

  /// Tokens in the name of `user` that must all be refused; where one is misused rather than
  /// forged, the published key has signed it.
  public List<ForgedTokens.Forged> forged(UUID user) {
    return ForgedTokens.all(KEY_ID, key, user);
  }

  private static String jwks(RSAPublicKey key) {
    return """
    {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"%s","n":"%s","e":"%s"}]}\
    """
        .formatted(KEY_ID, Jws.base64(key.getModulus()), Jws.base64(key.getPublicExponent()));
  }

  private static URI serve(String jwks) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = jwks.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/api/auth/jwks",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.setExecutor(command -> Thread.ofVirtual().start(command));
    server.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
