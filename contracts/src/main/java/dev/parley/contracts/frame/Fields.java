package dev.parley.contracts.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Ids;
import dev.parley.contracts.json.JsonObject;
import dev.parley.contracts.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the members of one frame and says, in words for the client, which of them is wrong.
final class Fields {
  private final JsonObject object;

  Fields(JsonObject object) {
    this.object = object;
  }

  @Nullable JsonValue get(String name) {
    return object.get(name);
  }

  @Nullable String text(String name, int maxBytes) throws RefusedField {
    JsonValue value = object.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonValue.Text(String text))) {
      throw RefusedField.bad(name + " must be a string.");
    }
    if (text.length() > maxBytes || text.getBytes(UTF_8).length > maxBytes) {
      throw RefusedField.bad(name + " must have at most " + maxBytes + " bytes.");
    }
    return text;
  }

  String requiredText(String name, int maxBytes) throws RefusedField {
    String text = text(name, maxBytes);
    if (text == null || text.isEmpty()) {
      throw RefusedField.bad(name + " must be a string that is not empty.");
    }
    return text;
  }

  @Nullable UUID id(String name) throws RefusedField {
    JsonValue value = object.get(name);
    return value == null ? null : id(name, value);
  }

  UUID requiredId(String name) throws RefusedField {
    UUID id = id(name);
    if (id == null) {
      throw RefusedField.bad(name + " is missing.");
    }
    return id;
  }

  OptionalLong number(String name, long min, long max) throws RefusedField {
    JsonValue value = object.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(number(name, value, min, max));
  }

  long requiredNumber(String name, long min, long max) throws RefusedField {
    OptionalLong number = number(name, min, max);
    if (number.isEmpty()) {
      throw RefusedField.bad(name + " is missing.");
    }
    return number.getAsLong();
  }

  List<UUID> requiredIds(String name, int max) throws RefusedField {
    if (!(object.get(name) instanceof JsonValue.Items(List<JsonValue> values))) {
      throw RefusedField.bad(name + " must be an array of user ids.");
    }
    if (values.size() > max) {
      throw RefusedField.bad(name + " must hold at most " + max + " user ids.");
    }
    Set<UUID> ids = LinkedHashSet.newLinkedHashSet(values.size());
    for (JsonValue value : values) {
      ids.add(id("each of " + name, value));
    }
    return new ArrayList<>(ids);
  }

  /// A member that maps conversation ids to numbers; empty if it is absent.
  Map<UUID, Long> positions(String name, int max) throws RefusedField {
    JsonValue value = object.get(name);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof JsonObject(Map<String, JsonValue> members))) {
      throw RefusedField.bad(name + " must be an object of conversation ids and numbers.");
    }
    if (members.size() > max) {
      throw new RefusedField(
          ErrorCode.BAD_REQUEST, name + " must hold at most " + max + " conversations.");
    }
    Map<UUID, Long> positions = LinkedHashMap.newLinkedHashMap(members.size());
    for (Map.Entry<String, JsonValue> member : members.entrySet()) {
      UUID conversation = Ids.parse(member.getKey());
      if (conversation == null) {
        throw RefusedField.bad("the keys of " + name + " must be conversation ids.");
      }
      positions.put(conversation, number("each of " + name, member.getValue(), 0, Limits.NUMBER));
    }
    return positions;
  }

  private static UUID id(String name, JsonValue value) throws RefusedField {
    UUID id = value instanceof JsonValue.Text(String text) ? Ids.parse(text) : null;
    if (id == null) {
      throw RefusedField.bad(name + " must be a UUID in lower case.");
    }
    return id;
  }

  private static long number(String name, JsonValue value, long min, long max) throws RefusedField {
    OptionalLong number = WholeNumber.of(value);
    if (number.isEmpty() || number.getAsLong() < min || number.getAsLong() > max) {
      throw RefusedField.bad(name + " must be a whole number from " + min + " to " + max + ".");
    }
    return number.getAsLong();
  }
}
