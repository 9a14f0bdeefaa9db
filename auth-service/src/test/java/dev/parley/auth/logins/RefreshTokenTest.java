package dev.parley.auth.logins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {
  private final UUID login = UUID.randomUUID();
  private final RefreshToken first = RefreshToken.first(login);

  @Test
  void aTokenNamesItsLoginAndIsReadBack() {
    RefreshToken read = RefreshToken.parse(first.text());
    assertEquals(login, read.login());
    assertArrayEquals(first.hash(), read.hash());
  }

  @Test
  void theNextTokenIsOfTheSameFamilyAndOtherwiseNew() {
    RefreshToken next = first.next();
    assertEquals(login, next.login());
    assertArrayEquals(first.familyHash(), next.familyHash());
    assertFalse(Arrays.equals(first.hash(), next.hash()));
    assertNotEquals(first.text(), next.text());
  }

  @Test
  void twoLoginsAreTwoFamilies() {
    assertFalse(Arrays.equals(first.familyHash(), RefreshToken.first(login).familyHash()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAA", "a.b.c", "ä", "AAAA=="})
  void otherTextIsNoToken(String text) {
    assertNull(RefreshToken.parse(text));
  }

  @Test
  void aTokenHasOneSpelling() {
    // The last character has unused bits, which a lenient decoder would ignore.
    String text = first.text();
    char last = text.charAt(text.length() - 1);
    assertNull(RefreshToken.parse(text.substring(0, text.length() - 1) + (char) (last + 1)));
    assertNull(RefreshToken.parse(text + "="));
  }
}
