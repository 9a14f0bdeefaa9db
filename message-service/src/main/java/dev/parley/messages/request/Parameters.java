package dev.parley.messages.request;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Ids;
import dev.parley.contracts.frame.Limits;
import dev.parley.runtime.problem.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Values in paths, queries and headers. What is wrong is refused with a [Problem] `bad_request`
/// that names the parameter; an empty one counts as absent.
public final class Parameters {
  static final String AN_ID = "a UUID in lower-case text";

  private static final String NUMBER = "[0-9]{1,16}";

  private Parameters() {}

  /// The id in a part of the path.
  public static UUID id(String name, String text) {
    UUID id = Ids.parse(text);
    if (id == null) {
      throw bad("'" + name + "' must be " + AN_ID + ".");
    }
    return id;
  }

  /// How many to answer with: from 1 to `most`.
  public static int limit(@Nullable String text, int otherwise, int most) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    long number = text.matches(NUMBER) ? Long.parseLong(text) : 0;
    if (number < 1 || number > most) {
      throw bad("'limit' must be a whole number from 1 to " + most + ".");
    }
    return (int) number;
  }

  /// A place in a log: zero or a sequence number; null if there is none.
  public static @Nullable Long seq(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    long number = text.matches(NUMBER) ? Long.parseLong(text) : Long.MAX_VALUE;
    if (number > Limits.NUMBER) {
      throw bad("'" + name + "' must be a whole number up to " + Limits.NUMBER + ".");
    }
    return number;
  }

  private static Problem bad(String detail) {
    return new Problem(ErrorCode.BAD_REQUEST, detail);
  }
}
