package dev.parley.auth.users;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The rules for names.
///
/// A username has 2 to 64 characters: letters and digits of any script and `_ . - @ +`, beginning
/// with a letter or digit. It is kept in the form NFKC, so that look-alike code points of one
/// letter are one, and is unique without regard to case.
///
/// A display name has 1 to 80 characters of any kind but control characters and line breaks, and
/// comes back as it was sent, save for spaces around it.
public final class Names {
  private static final int SHORTEST_USERNAME = 2;
  private static final int LONGEST_USERNAME = 64;
  private static final int LONGEST_DISPLAY_NAME = 80;
  private static final String MARKS = "_.-@+";

  private Names() {}

  /// The username that `text` spells.
  static String username(@Nullable String text) {
    String given = Text.require("username", text, SHORTEST_USERNAME, LONGEST_USERNAME);
    String name = normal(given);
    Text.require("username", name, SHORTEST_USERNAME, LONGEST_USERNAME);
    if (!Character.isLetterOrDigit(name.codePointAt(0))) {
      throw Text.bad("'username' must begin with a letter or a digit.");
    }
    if (!name.codePoints().allMatch(Names::isOfUsername)) {
      throw Text.bad("'username' may hold letters, digits and _ . - @ + only.");
    }
    return name;
  }

  /// The form in which two usernames are compared; of any text, since people log in with any.
  public static String key(String username) {
    // Upper case first, so that letters with several lower-case forms (σ, ς) meet.
    return normal(normal(username).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
  }

  /// The display name that `text` spells.
  static String displayName(@Nullable String text) {
    String name =
        Text.require("displayName", text == null ? null : text.strip(), 1, LONGEST_DISPLAY_NAME);
    if (name.codePoints().anyMatch(Names::breaksLines)) {
      throw Text.bad("'displayName' must not hold control characters or line breaks.");
    }
    return name;
  }

  private static boolean isOfUsername(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
      default -> Character.isLetterOrDigit(character) || MARKS.indexOf(character) >= 0;
    };
  }

  private static boolean breaksLines(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }
}
