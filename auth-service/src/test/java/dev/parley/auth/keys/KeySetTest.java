package dev.parley.auth.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.token.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeySetTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static KeyPair pair;

  @BeforeAll
  static void makePair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    pair = generator.generateKeyPair();
  }

  @Test
  void theLatestThatHasBegunSigns() {
    KeySet keys = set(key("old", NOON), key("new", NOON.plusSeconds(60)));
    assertEquals("old", keys.signing(NOON.plusSeconds(59)).kid());
    assertEquals("new", keys.signing(NOON.plusSeconds(60)).kid());
  }

  @Test
  void aKeyThatHasNotBegunDoesNotSign() {
    KeySet keys = set(key("new", NOON));
    assertFalse(keys.signs(NOON.minusSeconds(1)));
    assertTrue(keys.signs(NOON));
    assertThrows(IllegalStateException.class, () -> keys.signing(NOON.minusSeconds(1)));
  }

  @Test
  void aKeyIsOverOnceItsSuccessorHasSignedForLongEnough() {
    KeySet.Entry old = key("old", NOON);
    KeySet keys = set(old, key("new", NOON.plusSeconds(60)));
    assertEquals(List.of(), keys.over(NOON.plusSeconds(60)));
    assertEquals(List.of(old), keys.over(NOON.plusSeconds(61)));
  }

  @Test
  void theLastKeyIsNeverOver() {
    assertEquals(List.of(), set(key("only", NOON)).over(Instant.MAX));
  }

  @Test
  void anEncryptedKeyOpensUnderItsNameAndSecretAlone() throws Exception {
    KeyEncryption encryption = new KeyEncryption("a secret of sixteen or more");
    byte[] sealed = encryption.encrypt("a", new byte[] {1, 2, 3});
    assertArrayEquals(new byte[] {1, 2, 3}, encryption.decrypt("a", sealed));
    assertThrows(GeneralSecurityException.class, () -> encryption.decrypt("b", sealed));
    KeyEncryption other = new KeyEncryption("another secret of that length");
    assertThrows(GeneralSecurityException.class, () -> other.decrypt("a", sealed));
    sealed[sealed.length - 1] ^= 1;
    assertThrows(GeneralSecurityException.class, () -> encryption.decrypt("a", sealed));
  }

  private static KeySet set(KeySet.Entry... keys) {
    return new KeySet(List.of(keys));
  }

  private static KeySet.Entry key(String kid, Instant signsFrom) {
    return new KeySet.Entry(
        kid, SigningAlgorithm.RS256, pair.getPublic(), pair.getPrivate(), signsFrom);
  }
}
