package dev.parley.contracts.frame;

import dev.parley.contracts.json.JsonValue;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Numbers that count: spelled with digits alone (`5`, not `5.0`, `5e0` or `-0`), up to
/// [Limits#NUMBER].
final class WholeNumber {
  private static final int DIGITS = 16;

  private WholeNumber() {}

  static OptionalLong of(@Nullable JsonValue value) {
    if (!(value instanceof JsonValue.Numeral(String spelled)) || spelled.length() > DIGITS) {
      return OptionalLong.empty();
    }
    for (int i = 0; i < spelled.length(); i++) {
      if (spelled.charAt(i) < '0' || spelled.charAt(i) > '9') {
        return OptionalLong.empty();
      }
    }
    long number = Long.parseLong(spelled);
    return number > Limits.NUMBER ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
