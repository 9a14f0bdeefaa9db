package dev.parley.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON as strictly as the protocol demands, in one pass. What spoils the form (no JSON, a
/// duplicate key, anything after the object) is thrown; what spoils only the content (nested too
/// deep, over a limit, NUL characters, lone surrogates) is reported beside the object.
///
/// One instance reads one text; not thread-safe. Memory is bounded by a small multiple of the text.
public final class JsonReader {
  /// How deep objects and arrays may be nested; the outermost object is 1 deep.
  public static final int MAX_DEPTH = 32;

  /// No text that is longer reaches this class; Jackson's own limits must not come before ours.
  private static final int MAX_LENGTH = 64 * 1024 * 1024;

  /// What is nested deeper than a message of a client has bytes is no JSON to us: each level costs
  /// a hundred bytes while it is skipped, so that a megabyte of brackets would cost a hundred.
  private static final int MAX_SKIPPED_DEPTH = 64 * 1024;

  private static final char REPLACEMENT = '\uFFFD';

  // Deeper nesting is skipped, not refused by Jackson: a client that gave an id is owed an answer.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_SKIPPED_DEPTH)
                  .maxNumberLength(MAX_LENGTH)
                  .maxNameLength(MAX_LENGTH)
                  .maxStringLength(MAX_LENGTH)
                  .build())
          .build();

  private final JsonParser parser;
  private final JsonLimits limits;
  private @Nullable Flaw flaw;
  private int values;

  private JsonReader(JsonParser parser, JsonLimits limits) {
    this.parser = parser;
    this.limits = limits;
  }

  /// The one object in `utf8`, which comes from a service of ours.
  ///
  /// @throws NotJson if it holds anything else
  public static ParsedJson read(byte[] utf8) throws NotJson {
    return read(utf8, JsonLimits.TRUSTED);
  }

  /// The one object in `utf8`.
  ///
  /// @throws NotJson if it holds anything else
  public static ParsedJson read(byte[] utf8, JsonLimits limits) throws NotJson {
    return read(utf8, 0, utf8.length, limits);
  }

  /// The one object in `length` bytes of `utf8` from `offset`.
  ///
  /// @throws NotJson if they hold anything else
  public static ParsedJson read(byte[] utf8, int offset, int length, JsonLimits limits)
      throws NotJson {
    // Decoded here: Jackson's parser of bytes guesses encodings and refuses escaped surrogates in
    // keys.
    try (JsonParser parser = JSON.createParser(decoded(utf8, offset, length))) {
      return new JsonReader(parser, limits).document();
    } catch (StreamConstraintsException e) {
      throw new NotJson("Too large to be read.");
    } catch (IOException e) {
      throw new NotJson(
          String.valueOf(e.getMessage()).startsWith("Duplicate")
              ? "An object has the same key twice."
              : "Not a JSON object.");
    }
  }

  private static String decoded(byte[] utf8, int offset, int length)
      throws CharacterCodingException {
    String text = new String(utf8, offset, length, UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      // Either the text says U+FFFD itself or it is not UTF-8, which the strict decoder throws.
      var _ = UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8, offset, length));
    }
    return text;
  }

  private ParsedJson document() throws IOException, NotJson {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new NotJson("Not a JSON object.");
    }
    JsonObject object = object(1);
    if (parser.nextToken() != null) {
      throw new NotJson("Something follows the JSON object.");
    }
    return new ParsedJson(object, flaw);
  }

  private JsonObject object(int depth) throws IOException {
    Map<String, JsonValue> members = LinkedHashMap.newLinkedHashMap(8);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = checked(parser.currentName());
      parser.nextToken();
      JsonValue value = value(depth);
      // Beyond the limit, `id` and `type` may still come, which say whom to tell.
      if (values <= limits.values() || depth == 1) {
        members.put(name, value);
      }
    }
    return new JsonObject(members);
  }

  private JsonValue array(int depth) throws IOException {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonValue value = value(depth);
      if (values <= limits.values()) {
        items.add(value);
      }
    }
    return new JsonValue.Items(items);
  }

  private JsonValue value(int depth) throws IOException {
    JsonToken token = parser.currentToken();
    if (values <= limits.values() && ++values > limits.values()) {
      flaw = Flaw.tooLarge("More than " + limits.values() + " values.");
    }
    if (token.isStructStart() && values > limits.values()) {
      parser.skipChildren();
      return JsonValue.Nothing.NOTHING;
    }
    if (token.isStructStart() && depth == MAX_DEPTH) {
      flaw = Flaw.bad("Nested deeper than " + MAX_DEPTH + ".");
      parser.skipChildren();
      return JsonValue.Nothing.NOTHING;
    }
    if (token == JsonToken.START_OBJECT) {
      return object(depth + 1);
    }
    if (token == JsonToken.START_ARRAY) {
      return array(depth + 1);
    }
    if (token == JsonToken.VALUE_STRING) {
      return text();
    }
    if (token.isNumeric()) {
      return number();
    }
    return token.isBoolean()
        ? new JsonValue.Truth(token == JsonToken.VALUE_TRUE)
        : JsonValue.Nothing.NOTHING;
  }

  private JsonValue text() throws IOException {
    // Empty instead of absent: it is still a string, which matters where one must be.
    return new JsonValue.Text(fits(parser.getTextLength()) ? checked(parser.getText()) : "");
  }

  private JsonValue number() throws IOException {
    if (parser.getTextLength() > limits.number()) {
      flaw = Flaw.tooLarge("A number has more than " + limits.number() + " characters.");
      return JsonValue.Nothing.NOTHING;
    }
    return new JsonValue.Numeral(parser.getText());
  }

  private boolean fits(int length) {
    if (length > limits.string()) {
      flaw = Flaw.tooLarge("A string has more than " + limits.string() + " characters.");
      return false;
    }
    return true;
  }

  private String checked(String text) {
    String found = fits(text.length()) ? TextFlaw.of(text) : null;
    if (found != null) {
      flaw = Flaw.bad(found);
    }
    return text;
  }
}
