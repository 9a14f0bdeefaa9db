package dev.parley.contracts.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A parsed JSON object. A member that is `null` counts as absent, as everywhere in the protocol.
///
/// @param members by key, in the order of the text
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
  /// Whether there is a member `name` other than `null`.
  public boolean has(String name) {
    return get(name) != null;
  }

  /// The member `name`, or null if it is absent or `null`.
  public @Nullable JsonValue get(String name) {
    JsonValue value = members.get(name);
    return value instanceof Nothing ? null : value;
  }
}
