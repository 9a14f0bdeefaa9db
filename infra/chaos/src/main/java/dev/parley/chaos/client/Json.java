package dev.parley.chaos.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Fingerprint;
import dev.parley.chaos.history.Push;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The JSON of the protocol.
final class Json {
  static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// A frame's object, or null if the text is none.
  static @Nullable ObjectNode parse(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object ? object : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  static UUID id(JsonNode object, String field) {
    return UUID.fromString(object.path(field).asText());
  }

  static @Nullable UUID optionalId(JsonNode object, String field) {
    return object.hasNonNull(field) ? id(object, field) : null;
  }

  static long number(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.isIntegralNumber()) {
      throw new IllegalArgumentException("no number '" + field + "'");
    }
    return value.asLong();
  }

  static @Nullable Long optionalNumber(JsonNode object, String field) {
    return object.hasNonNull(field) ? Long.valueOf(number(object, field)) : null;
  }

  static @Nullable String optionalText(JsonNode object, String field) {
    return object.hasNonNull(field) ? object.get(field).asText() : null;
  }

  static long time(JsonNode object) {
    return Instant.parse(object.path("at").asText()).toEpochMilli();
  }

  static Push.Event event(ObjectNode event) {
    String kind = event.path("event").asText();
    return new Push.Event(
        id(event, "conversation"),
        number(event, "seq"),
        time(event),
        kind,
        id(event, "user"),
        optionalId(event, kind.equals("message") ? "message" : "request"),
        optionalId(event, "member"),
        optionalText(event, "role"),
        Fingerprint.ofEvent(event),
        event.path("deleted").asBoolean());
  }
}
