package dev.parley.runtime.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.token.SigningAlgorithm;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyringTest {
  private static VerificationKey key;

  private final AtomicLong nanos = new AtomicLong();
  private final List<CompletableFuture<Map<String, VerificationKey>>> reads = new ArrayList<>();
  private final Keyring keyring =
      new Keyring(
          () -> {
            reads.add(new CompletableFuture<>());
            return reads.getLast();
          },
          new TokenVerifierTest.TestConfig(),
          nanos::get);

  @BeforeAll
  static void makeKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    key = new VerificationKey(SigningAlgorithm.RS256, generator.generateKeyPair().getPublic());
  }

  @Test
  void aKnownKeyCostsNoRead() {
    keyring.find("a");
    reads.getFirst().complete(Map.of("a", key));
    assertNotNull(find("a").join().key());
    assertEquals(1, reads.size());
  }

  @Test
  void searchesForUnknownKeysShareOneRead() {
    var first = find("a");
    var second = find("b");
    reads.getFirst().complete(Map.of("a", key));
    assertNotNull(first.join().key());
    assertNull(second.join().key());
    assertTrue(second.join().current());
    assertEquals(1, reads.size());
  }

  @Test
  void aFloodOfUnknownKeysIsReadOncePerInterval() {
    keyring.find("x");
    reads.getFirst().complete(Map.of("a", key));
    for (int i = 0; i < 100; i++) {
      assertNull(find("x" + i).join().key());
    }
    assertEquals(1, reads.size());
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    var found = find("b");
    reads.getLast().complete(Map.of("b", key));
    assertNotNull(found.join().key());
    assertEquals(2, reads.size());
  }

  @Test
  void keysSurviveAFailedRead() {
    keyring.find("a");
    reads.getFirst().complete(Map.of("a", key));
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    var unknown = find("b");
    reads.getLast().completeExceptionally(new IllegalStateException("auth-service is away"));
    assertFalse(unknown.join().current());
    assertFalse(find("c").join().current());
    assertNotNull(find("a").join().key());
  }

  @Test
  void aWithdrawnKeyIsForgotten() {
    keyring.find("a");
    reads.getFirst().complete(Map.of("a", key));
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    keyring.find("b");
    reads.getLast().complete(Map.of("b", key));
    assertNull(find("a").join().key());
  }

  private CompletableFuture<Keyring.Found> find(String kid) {
    return keyring.find(kid).toCompletableFuture();
  }
}
