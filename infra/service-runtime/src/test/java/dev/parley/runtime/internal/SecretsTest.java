package dev.parley.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private static final String KEY = "parley.service-credential";

  @Test
  void aRandomSecretIsTaken() {
    assertEquals("0123456789abcdef", Secrets.require(KEY, Optional.of("0123456789abcdef"), true));
  }

  @Test
  void aMissingSecretIsNamed() {
    assertNamed(assertThrows(IllegalStateException.class, () -> check(Optional.empty(), false)));
  }

  @Test
  void productionRefusesAnExample() {
    Optional<String> example = Optional.of("example-service-credential");
    assertEquals(example.get(), Secrets.require(KEY, example, false));
    assertNamed(assertThrows(IllegalStateException.class, () -> check(example, true)));
  }

  @Test
  void aShortSecretIsRefusedWithoutRepeatingIt() {
    var refusal =
        assertThrows(IllegalStateException.class, () -> check(Optional.of("hunter2"), true));
    assertNamed(refusal);
    assertTrue(!refusal.getMessage().contains("hunter2"));
  }

  private static void check(Optional<String> value, boolean production) {
    assertEquals("", Secrets.require(KEY, value, production));
  }

  private static void assertNamed(IllegalStateException refusal) {
    assertTrue(refusal.getMessage().contains(KEY), refusal::getMessage);
  }
}
