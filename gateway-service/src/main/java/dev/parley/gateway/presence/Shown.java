package dev.parley.gateway.presence;

import dev.parley.contracts.json.JsonObject;
import dev.parley.contracts.json.JsonReader;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.json.JsonValue;
import dev.parley.contracts.json.NotJson;
import java.util.Objects;

/// How a user is shown to others.
///
/// @param json a `{"user","status",...}` object
/// @param mark stands for it where what a session was told is remembered: another one means that it
///   looks different; never [#UNKNOWN]
public record Shown(JsonText json, int mark) {
  /// Stands for a user of whom nothing is known.
  public static final int UNKNOWN = 0;

  static Shown of(JsonObject status) {
    return new Shown(status.compact(), mark(status));
  }

  /// The mark of what a `presence` push tells; [#UNKNOWN] if it tells of no status.
  public static int mark(JsonText push) {
    try {
      return mark(JsonReader.read(push.utf8()).object());
    } catch (NotJson e) {
      return UNKNOWN;
    }
  }

  private static int mark(JsonObject status) {
    String shown = status.get("status") instanceof JsonValue.Text(String text) ? text : "unknown";
    if (shown.equals("unknown")) {
      return UNKNOWN;
    }
    // Who is there was last seen whenever that is asked.
    Object lastSeen = shown.equals("offline") ? status.get("lastSeen") : null;
    int mark = Objects.hash(shown, status.get("text"), lastSeen);
    return mark == UNKNOWN ? 1 : mark;
  }
}
