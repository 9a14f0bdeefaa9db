package dev.parley.contracts.signal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.parley.contracts.json.JsonText;
import java.util.UUID;

/// What the others in a conversation see of a [Signal]: the exact bytes for clients.
public final class PushEncoder {
  private PushEncoder() {}

  /// The one-line JSON object that `signal` becomes: `typing`, `signal` or `receipt`.
  public static JsonText encode(Signal signal) {
    return JsonText.of(
        switch (signal) {
          case Signal.Typing t -> head("typing", t.conversation(), t.user()) + "}";
          case Signal.Read r ->
              head("receipt", r.conversation(), r.user()) + ",\"seq\":" + r.seq() + "}";
          case Signal.Custom c ->
              head("signal", c.conversation(), c.user())
                  + ",\"name\":\""
                  + new String(JsonStringEncoder.getInstance().quoteAsString(c.name()))
                  + "\",\"data\":"
                  + c.data()
                  + "}";
        });
  }

  private static String head(String type, UUID conversation, UUID user) {
    return "{\"type\":\""
        + type
        + "\",\"conversation\":\""
        + conversation
        + "\",\"user\":\""
        + user
        + "\"";
  }
}
