package dev.parley.messages.request;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Ids;
import dev.parley.contracts.json.JsonLimits;
import dev.parley.contracts.json.JsonObject;
import dev.parley.contracts.json.JsonReader;
import dev.parley.contracts.json.JsonValue;
import dev.parley.contracts.json.NotJson;
import dev.parley.contracts.json.ParsedJson;
import dev.parley.runtime.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The JSON object that a request carries. Read as strictly as what comes over a socket; unknown
/// members are ignored and null is absent. Every method that asks for a member throws a [Problem]
/// `bad_request` that names it and says what is right.
public final class Body {
  private final JsonObject object;

  private Body(JsonObject object) {
    this.object = object;
  }

  /// The body in `utf8`.
  ///
  /// @throws Problem `bad_request` if it is anything but one sound JSON object, `too_large` if it
  ///   is over a limit
  public static Body parse(byte @Nullable [] utf8) {
    try {
      ParsedJson parsed = JsonReader.read(utf8 == null ? new byte[0] : utf8, JsonLimits.REQUEST);
      if (parsed.flaw() != null) {
        throw new Problem(parsed.flaw().code(), parsed.flaw().message());
      }
      return new Body(parsed.object());
    } catch (NotJson e) {
      throw bad("The body must be one JSON object: " + e.getMessage());
    }
  }

  /// Any value, or null.
  public @Nullable JsonValue value(String name) {
    return object.get(name);
  }

  /// An id that must be there.
  public UUID id(String name) {
    UUID id = optionalId(name);
    if (id == null) {
      throw bad("'" + name + "' is missing; it is " + Parameters.AN_ID + ".");
    }
    return id;
  }

  /// An id, or null if there is none.
  public @Nullable UUID optionalId(String name) {
    JsonValue value = object.get(name);
    return value == null ? null : id(name, value);
  }

  /// Ids without repetitions, in the order given; empty if there are none.
  ///
  /// @param most how many there may be, repetitions included
  public List<UUID> ids(String name, int most) {
    JsonValue value = object.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonValue.Items(List<JsonValue> items))) {
      throw bad("'" + name + "' must be an array of ids.");
    }
    if (items.size() > most) {
      throw bad("'%s' has %d ids; at most %d are allowed.".formatted(name, items.size(), most));
    }
    List<UUID> ids = new ArrayList<>(items.size());
    items.forEach(item -> ids.add(id(name, item)));
    return ids.stream().distinct().toList();
  }

  /// Objects, in the order given; empty if there are none.
  ///
  /// @param most how many there may be
  public List<Body> objects(String name, int most) {
    JsonValue value = object.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonValue.Items(List<JsonValue> items))) {
      throw bad("'" + name + "' must be an array of objects.");
    }
    if (items.size() > most) {
      throw bad("'%s' has %d objects; at most %d are allowed.".formatted(name, items.size(), most));
    }
    List<Body> objects = new ArrayList<>(items.size());
    for (JsonValue item : items) {
      if (!(item instanceof JsonObject each)) {
        throw bad("'" + name + "' must be an array of objects.");
      }
      objects.add(new Body(each));
    }
    return objects;
  }

  /// A place in a log: zero or a sequence number; it must be there.
  public long seq(String name) {
    JsonValue value = object.get(name);
    if (value instanceof JsonValue.Numeral(String spelled) && spelled.matches("[0-9]{1,16}")) {
      return Long.parseLong(spelled);
    }
    throw bad("'" + name + "' must be a whole number.");
  }

  /// A text of at most `most` characters (code points), or null if there is none.
  public @Nullable String text(String name, int most) {
    JsonValue value = object.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonValue.Text(String text))) {
      throw bad("'" + name + "' must be a string.");
    }
    int length = text.codePointCount(0, text.length());
    if (length > most) {
      throw bad("'%s' has %d characters; at most %d are allowed.".formatted(name, length, most));
    }
    return text;
  }

  /// A whole number between the bounds, both included, or `otherwise` if there is none.
  public int number(String name, int otherwise, int least, int most) {
    JsonValue value = object.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof JsonValue.Numeral(String spelled) && spelled.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(spelled);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw bad("'%s' must be a whole number from %d to %d.".formatted(name, least, most));
  }

  /// One of `allowed` by its name in lower case, or null if there is none.
  public <E extends Enum<E>> @Nullable E choice(String name, List<E> allowed) {
    JsonValue value = object.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonValue.Text(String text)) {
      for (E one : allowed) {
        if (wire(one).equals(text)) {
          return one;
        }
      }
    }
    throw bad(
        "'%s' must be one of %s."
            .formatted(name, allowed.stream().map(Body::wire).collect(Collectors.joining(", "))));
  }

  private static UUID id(String name, JsonValue value) {
    UUID id = value instanceof JsonValue.Text(String text) ? Ids.parse(text) : null;
    if (id == null) {
      throw bad("'" + name + "' must be " + Parameters.AN_ID + ".");
    }
    return id;
  }

  private static String wire(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Problem bad(String detail) {
    return new Problem(ErrorCode.BAD_REQUEST, detail);
  }
}
