package dev.parley.auth.users;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Checks strings of clients: what is no text, or too short or long, is a `bad_request` that names
/// the field.
public final class Text {
  private Text() {}

  /// `value`, which must be there, without NUL characters and lone surrogates, and of `least` to
  /// `most` characters (code points).
  public static String require(String field, @Nullable String value, int least, int most) {
    if (value == null) {
      throw bad("'" + field + "' is missing.");
    }
    if (!isText(value)) {
      throw bad("'" + field + "' holds characters that are no text.");
    }
    int length = value.codePointCount(0, value.length());
    if (length < least || length > most) {
      throw bad(
          "'%s' has %d characters; it must have %d to %d.".formatted(field, length, least, most));
    }
    return value;
  }

  /// The refusal of a request for what it says.
  public static Problem bad(String detail) {
    return new Problem(ErrorCode.BAD_REQUEST, detail);
  }

  private static boolean isText(String value) {
    if (value.indexOf('\0') >= 0) {
      return false;
    }
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value)).hasRemaining()
          || value.isEmpty();
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
