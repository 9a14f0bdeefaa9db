package dev.parley.runtime.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.parley.contracts.token.SigningAlgorithm;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class JwksSourceTest {
  @Test
  void eachKeyIsForItsOneAlgorithm() throws Exception {
    PublicKey rsa = make("RSA", 2048);
    PublicKey ec = make("EC", 256);
    Map<String, VerificationKey> keys =
        JwksSource.parse(
            set(
                key("rs", rsa, "RS256", "sig"),
                key("ps", rsa, "PS256", "sig"),
                key("es", ec, "ES256", null)));
    assertEquals(new VerificationKey(SigningAlgorithm.RS256, rsa), keys.get("rs"));
    assertEquals(new VerificationKey(SigningAlgorithm.PS256, rsa), keys.get("ps"));
    assertEquals(SigningAlgorithm.ES256, keys.get("es").algorithm());
  }

  @Test
  void keysThatAreNotOursArePassedOver() throws Exception {
    PublicKey rsa = make("RSA", 2048);
    Map<String, VerificationKey> keys =
        JwksSource.parse(
            set(
                key("good", rsa, "RS256", "sig"),
                key("small", make("RSA", 1024), "RS256", "sig"),
                key("encrypts", rsa, "RS256", "enc"),
                key("other", rsa, "RS512", "sig"),
                key("any", rsa, null, "sig"),
                key("curve", make("EC", 384), "ES256", "sig"),
                key("mixed", make("EC", 256), "RS256", "sig")));
    assertEquals(Map.of("good", new VerificationKey(SigningAlgorithm.RS256, rsa)), keys);
  }

  @Test
  void aSetWithoutKeysOfOursIsNone() {
    assertThrows(JoseException.class, () -> JwksSource.parse("{\"keys\":[]}"));
  }

  /// One that is waited for without end keeps all later ones from being begun.
  @Test
  void anAnswerThatStallsIsNotWaitedForWithoutEnd() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        });
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (JwksSource source = new JwksSource(address, Duration.ofMillis(500))) {
      var read = source.read().toCompletableFuture();
      var failed = assertThrows(ExecutionException.class, () -> read.get(10, TimeUnit.SECONDS));
      assertInstanceOf(TimeoutException.class, failed.getCause());
    } finally {
      server.stop(0);
    }
  }

  private static PublicKey make(String family, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
    generator.initialize(bits);
    return generator.generateKeyPair().getPublic();
  }

  private static JsonWebKey key(String kid, PublicKey key, String algorithm, String use)
      throws JoseException {
    JsonWebKey made = JsonWebKey.Factory.newJwk(key);
    made.setKeyId(kid);
    made.setAlgorithm(algorithm);
    made.setUse(use);
    return made;
  }

  private static String set(JsonWebKey... keys) {
    return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
  }
}
