package dev.parley.messages.change;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What makes a request known again: the same user sends the same key to the same address.
///
/// @param address the path; the same key at another address is another request
/// @param key the header `Idempotency-Key`
public record Repetition(UUID user, String address, String key) {
  /// The request header.
  public static final String HEADER = "Idempotency-Key";

  private static final String VISIBLE = "[!-~]{1,128}";

  /// The repetition of a request with `key`, or null if it has none.
  ///
  /// @throws Problem `bad_request` if the key is not 1 to 128 visible ASCII characters, as a UUID
  ///   is
  public static @Nullable Repetition of(UUID user, String address, @Nullable String key) {
    if (key == null) {
      return null;
    }
    if (!key.matches(VISIBLE)) {
      throw new Problem(
          ErrorCode.BAD_REQUEST,
          "'" + HEADER + "' must have 1 to 128 visible ASCII characters; a UUID is best.");
    }
    return new Repetition(user, address, key);
  }
}
