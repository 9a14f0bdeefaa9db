package dev.parley.contracts.json;

import org.jspecify.annotations.Nullable;

/// What a string of a client may not contain: PostgreSQL's `text` holds no NUL, and a lone
/// surrogate has no UTF-8.
final class TextFlaw {
  private TextFlaw() {}

  /// What is wrong with `text`, or null.
  static @Nullable String of(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "A string contains a NUL character.";
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < length
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return "A string contains a lone surrogate.";
        }
        i++;
      }
    }
    return null;
  }
}
