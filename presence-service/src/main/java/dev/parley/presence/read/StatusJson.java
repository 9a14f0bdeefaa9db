package dev.parley.presence.read;

import dev.parley.contracts.Timestamps;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.json.JsonWriter;
import dev.parley.presence.state.Told;
import java.util.UUID;

/// Presence as clients see it, in answers and pushes.
public final class StatusJson {
  private StatusJson() {}

  /// The push that tells a change.
  public static JsonText push(UUID user, Told told) {
    return members(JsonWriter.object().with("type", "presence"), user, told).end();
  }

  /// How `user` is, in an answer. Somebody who is there was last seen now.
  static JsonText answer(UUID user, Told told, long now) {
    Told asked = told.status().visible() ? new Told(told.status(), told.text(), now) : told;
    return members(JsonWriter.object(), user, asked).end();
  }

  /// The answer for somebody of whom nothing may or can be said.
  static JsonText unknown(UUID user) {
    return JsonWriter.object().with("user", user).with("status", "unknown").end();
  }

  private static JsonWriter members(JsonWriter json, UUID user, Told told) {
    return json.with("user", user)
        .with("status", told.status().wire())
        .with("lastSeen", told.at() == 0 ? null : Timestamps.text(told.at()))
        .with("text", told.text());
  }
}
