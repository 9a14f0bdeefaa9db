package dev.parley.auth.passwords;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Argon2idTest {
  private static final Argon2id SMALL = new Argon2id(64, 1, 1);

  @Test
  void thePasswordMatchesItsHashAlone() {
    String hash = SMALL.hash("pässword 🌻");
    assertTrue(Argon2id.matches("pässword 🌻", hash));
    assertFalse(Argon2id.matches("pässword", hash));
  }

  @Test
  void twoHashesOfOnePasswordDiffer() {
    assertNotEquals(SMALL.hash("same"), SMALL.hash("same"));
  }

  @Test
  void theReferenceImplementationsHashIsRead() {
    // From the reference implementation's own tests.
    assertTrue(
        Argon2id.matches(
            "password",
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"));
  }

  @Test
  void theParametersAreThoseThatOwaspRecommends() {
    assertTrue(Argon2id.RECOMMENDED.hash("x").startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  }

  @Test
  void otherParametersAreNoticed() {
    assertTrue(SMALL.made(SMALL.hash("x")));
    assertFalse(Argon2id.RECOMMENDED.made(SMALL.hash("x")));
  }

  @Test
  void whatIsNoHashIsAnError() {
    assertThrows(IllegalArgumentException.class, () -> Argon2id.matches("x", "$2y$10$abc"));
  }
}
