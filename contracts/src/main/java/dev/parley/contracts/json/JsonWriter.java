package dev.parley.contracts.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes one JSON object as compact UTF-8, member by member. Null values are left out, as the
/// protocol takes null for absent. Not thread-safe.
public final class JsonWriter {
  private static final JsonStringEncoder STRINGS = JsonStringEncoder.getInstance();

  private byte[] bytes = new byte[256];
  private int length;
  private boolean first = true;

  private JsonWriter() {}

  /// Begins an object.
  public static JsonWriter object() {
    JsonWriter writer = new JsonWriter();
    writer.raw('{');
    return writer;
  }

  /// `value` as compact text.
  static JsonText compact(JsonValue value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value);
    return writer.text();
  }

  /// Adds a string.
  public JsonWriter with(String name, @Nullable String value) {
    if (value != null) {
      name(name);
      quoted(value);
    }
    return this;
  }

  /// Adds an id.
  public JsonWriter with(String name, @Nullable UUID value) {
    return with(name, value == null ? null : value.toString());
  }

  /// Adds a whole number.
  public JsonWriter with(String name, long value) {
    name(name);
    ascii(Long.toString(value));
    return this;
  }

  /// Adds `true` or `false`.
  public JsonWriter with(String name, boolean value) {
    name(name);
    ascii(Boolean.toString(value));
    return this;
  }

  /// Adds a value that is JSON already.
  public JsonWriter with(String name, @Nullable JsonText value) {
    if (value != null) {
      name(name);
      raw(value.utf8());
    }
    return this;
  }

  /// Adds an array of values that are JSON already.
  public JsonWriter with(String name, Iterable<JsonText> values) {
    name(name);
    raw('[');
    boolean head = true;
    for (JsonText value : values) {
      if (!head) {
        raw(',');
      }
      head = false;
      raw(value.utf8());
    }
    raw(']');
    return this;
  }

  /// Ends the object; nothing can be added afterwards.
  public JsonText end() {
    raw('}');
    return text();
  }

  private JsonText text() {
    return JsonText.of(Arrays.copyOf(bytes, length));
  }

  private void value(JsonValue value) {
    switch (value) {
      case JsonObject(Map<String, JsonValue> members) -> {
        raw('{');
        boolean head = true;
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
          if (!head) {
            raw(',');
          }
          head = false;
          quoted(member.getKey());
          raw(':');
          value(member.getValue());
        }
        raw('}');
      }
      case JsonValue.Items items -> {
        raw('[');
        for (int i = 0; i < items.values().size(); i++) {
          if (i > 0) {
            raw(',');
          }
          value(items.values().get(i));
        }
        raw(']');
      }
      case JsonValue.Text text -> quoted(text.value());
      case JsonValue.Numeral number -> ascii(number.spelled());
      case JsonValue.Truth truth -> ascii(Boolean.toString(truth.value()));
      case JsonValue.Nothing nothing -> ascii("null");
    }
  }

  private void name(String name) {
    if (!first) {
      raw(',');
    }
    first = false;
    quoted(name);
    raw(':');
  }

  private void quoted(String text) {
    raw('"');
    raw(STRINGS.quoteAsUTF8(text));
    raw('"');
  }

  private void ascii(String text) {
    raw(text.getBytes(US_ASCII));
  }

  private void raw(byte[] more) {
    if (bytes.length - length < more.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more.length));
    }
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void raw(char c) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    bytes[length++] = (byte) c;
  }
}
