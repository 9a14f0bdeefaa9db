package dev.parley.messages.conversation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Ids;
import dev.parley.runtime.problem.Problem;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A place in the list of a user's conversations, opaque to clients. A conversation that becomes
/// active while somebody pages moves to the front and is not met again.
///
/// @param lastAt when the last conversation that was shown was active, epoch milliseconds
/// @param conversation tells conversations of the same millisecond apart
record Cursor(long lastAt, UUID conversation) {
  /// Before every conversation.
  static final Cursor START = new Cursor(Long.MAX_VALUE, new UUID(-1, -1));

  /// The cursor in a query, null if there is none.
  ///
  /// @throws Problem `bad_request` if it was not made by [#text()]
  static @Nullable Cursor of(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    String[] parts = decoded(text).split("/", -1);
    UUID conversation = parts.length == 2 ? Ids.parse(parts[1]) : null;
    if (conversation == null || !parts[0].matches("[0-9]{1,18}")) {
      throw invalid();
    }
    return new Cursor(Long.parseLong(parts[0]), conversation);
  }

  /// The form in which clients give it back.
  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((lastAt + "/" + conversation).getBytes(US_ASCII));
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), US_ASCII);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static Problem invalid() {
    return new Problem(
        ErrorCode.BAD_REQUEST,
        "'cursor' must be the 'cursor' of an earlier page, as it was given.");
  }
}
