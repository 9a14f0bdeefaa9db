package dev.parley.contracts.delivery;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Timestamps;
import dev.parley.contracts.json.JsonText;
import java.util.UUID;

/// The replies that services make for sessions, without their `id`: the gateway, which alone knows
/// it, puts it after the opening brace.
public final class ReplyEncoder {
  private static final JsonText DONE = JsonText.of("{\"type\":\"done\"}");

  private ReplyEncoder() {}

  /// A message has got its number, now or (`repeated`) before.
  ///
  /// @param at epoch milliseconds
  public static JsonText sent(
      UUID conversation, UUID message, long seq, long at, boolean repeated) {
    return JsonText.of(
        "{\"type\":\"sent\",\"conversation\":\""
            + conversation
            + "\",\"message\":\""
            + message
            + "\",\"seq\":"
            + seq
            + ",\"at\":\""
            + Timestamps.text(at)
            + (repeated ? "\",\"repeated\":true}" : "\"}"));
  }

  /// Something outside the log is done.
  public static JsonText done() {
    return DONE;
  }

  /// A refusal; `message` is for people.
  public static JsonText error(ErrorCode code, String message) {
    return refusal(code, message, "");
  }

  /// Nothing was done; the same again may succeed in a second.
  public static JsonText unavailable(String message) {
    return refusal(ErrorCode.UNAVAILABLE, message, ",\"retryAfter\":1000");
  }

  private static JsonText refusal(ErrorCode code, String message, String more) {
    return JsonText.of(
        "{\"type\":\"error\",\"code\":\""
            + code.wire()
            + "\",\"message\":\""
            + new String(JsonStringEncoder.getInstance().quoteAsString(message))
            + "\""
            + more
            + "}");
  }
}
