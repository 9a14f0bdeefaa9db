package dev.parley.contracts.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.parley.contracts.Timestamps;
import dev.parley.contracts.json.JsonText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The exact bytes of an event as clients see them. The same event always gives the same bytes, so
/// that what is delivered live, what `history` answers and what a resume repeats are equal.
public final class EventEncoder {
  private static final int HEAD_LENGTH = 320;

  private EventEncoder() {}

  /// The one-line JSON object of `event`.
  public static JsonText encode(LoggedEvent event) {
    StringBuilder head = new StringBuilder(HEAD_LENGTH);
    head.append("{\"type\":\"event\",\"event\":\"").append(event.kind());
    head.append("\",\"conversation\":\"").append(event.conversation());
    head.append("\",\"seq\":").append(event.seq());
    head.append(",\"at\":\"").append(Timestamps.text(event.at()));
    head.append("\",\"user\":\"").append(event.user()).append('"');
    append(head, EventKind.MESSAGE.is(event.kind()) ? "message" : "request", event.request());
    append(head, "member", event.member());
    StringBuilder tail = new StringBuilder();
    append(tail, "replyTo", event.replyTo());
    tail.append('}');
    return join(head.toString(), event.detail().utf8(), tail.toString());
  }

  private static void append(StringBuilder json, String name, @Nullable UUID id) {
    if (id != null) {
      json.append(",\"").append(name).append("\":\"").append(id).append('"');
    }
  }

  /// `head` and `tail` are ASCII; `detail` is an object whose braces fall away.
  private static JsonText join(String head, byte[] detail, String tail) {
    int inner = detail.length - 2;
    int comma = inner > 0 ? 1 : 0;
    byte[] json = new byte[head.length() + comma + inner + tail.length()];
    System.arraycopy(head.getBytes(ISO_8859_1), 0, json, 0, head.length());
    if (comma == 1) {
      json[head.length()] = ',';
    }
    System.arraycopy(detail, 1, json, head.length() + comma, inner);
    System.arraycopy(
        tail.getBytes(ISO_8859_1), 0, json, head.length() + comma + inner, tail.length());
    return JsonText.of(json);
  }
}
