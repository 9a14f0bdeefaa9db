package dev.parley.auth.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"ann", "Ann.Bo_1", "ann@example.org", "a+b", "安安", "Ωmega", "עברית", "한글", "7of9"})
  void aUsernameHasLettersDigitsAndAFewMarks(String name) {
    assertEquals(name, Names.username(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        " ann",
        "a b",
        "-ann",
        ".ann",
        "a/b",
        "a\tb",
        "a\u0000b",
        "a\ud800",
        "ann\u200b",
        "a\u202eb",
        "🌻🌻",
        "a%b"
      })
  void whatIsNoUsernameIsRefused(String name) {
    Problem refused = assertThrows(Problem.class, () -> Names.username(name));
    assertEquals(ErrorCode.BAD_REQUEST, refused.code());
  }

  @ParameterizedTest
  @CsvSource({"Ann, ANN", "ﬁn, FIN", "straße, STRASSE", "ΟΔΟΣ, οδος", "ｗｉｄｅ, wide", "é, E\u0301"})
  void usernamesAreComparedWithoutCaseAndForm(String one, String other) {
    assertEquals(Names.key(one), Names.key(other));
  }

  @Test
  void aUsernameIsKeptInItsComposedForm() {
    assertEquals("ré", Names.username("re\u0301"));
  }

  @Test
  void aNameMayNotGrowOutOfItsBoundsWhenComposed() {
    assertThrows(Problem.class, () -> Names.username("ﷺ".repeat(64)));
  }

  @Test
  void aDisplayNameIsStripped() {
    assertEquals("Ann", Names.displayName("  Ann "));
    assertThrows(Problem.class, () -> Names.displayName("   "));
    assertThrows(Problem.class, () -> Names.displayName("a\u2028b"));
  }
}
